import KeyValueStore
import Testing

@Suite("Several threads")
struct ConcurrencyTests {
  let directory: TemporaryDirectory
  let environment: Environment

  init() throws {
    directory = try TemporaryDirectory()
    environment = try directory.open()
  }

  @Test("Readers beside a writer always see whole transactions, in the order of their commits")
  func readersSeeWholeTransactions() async throws {
    let table = try environment.openTable("t", create: true)
    let commitCount: UInt64 = 300
    try write(0, to: table)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { for number in 1...commitCount { try write(number, to: table) } }
      for _ in 0..<3 {
        group.addTask {
          var last: UInt64 = 0
          while last < commitCount {
            let (left, right) = try pair(in: table)
            try #require(left == right && left >= last)
            last = left
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try pair(in: table) == (commitCount, commitCount))
  }

  @Test("Tables opened by several threads at once stay apart", arguments: 0..<20)
  func tablesStayApart(round: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for thread in 0..<6 {
        group.addTask {
          for name in ["own-\(thread)", "shared-\(thread / 2)"] {
            let table = try environment.openTable(name, create: true)
            try environment.put(name, forKey: "name", in: table)
          }
        }
      }
      try await group.waitForAll()
    }
    for name in (0..<6).map({ "own-\($0)" }) + (0..<3).map({ "shared-\($0)" }) {
      let table = try environment.openTable(name, create: false)
      #expect(try environment.text(forKey: "name", in: table) == name)
      #expect(try environment.read { try $0.count(of: table) } == 1)
    }
  }

  @Test("Tables that exist and tables that are new can be opened side by side", arguments: 0..<20)
  func newBesideExisting(round: Int) async throws {
    let names = (0..<12).map { "old-\($0)" }
    for name in names {
      try environment.put(name, forKey: "name", in: environment.openTable(name, create: true))
    }
    environment.close()
    let again = try directory.open()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { for name in names { _ = try again.openTable(name, create: false) } }
      group.addTask {
        for name in (0..<12).map({ "new-\($0)" }) {
          try again.put(name, forKey: "name", in: again.openTable(name, create: true))
        }
      }
      try await group.waitForAll()
    }
    for name in names + (0..<12).map({ "new-\($0)" }) {
      #expect(try again.text(forKey: "name", in: again.openTable(name, create: false)) == name)
    }
  }

  private func write(_ number: UInt64, to table: Table) throws {
    var transaction = try environment.beginWrite()
    try number.withBigEndianBytes { value in
      for key: UInt64 in [1, 2] {
        try key.withBigEndianBytes { try transaction.put(value, forKey: $0, in: table) }
      }
    }
    try transaction.commit()
  }

  private func pair(in table: Table) throws -> (UInt64, UInt64) {
    try environment.read { transaction in
      func number(_ key: UInt64, _ transaction: borrowing ReadTransaction) throws -> UInt64? {
        try key.withBigEndianBytes { key in
          try transaction.withValue(forKey: key, in: table) { UInt64(bigEndianBytes: $0) } ?? nil
        }
      }
      return (try #require(try number(1, transaction)), try #require(try number(2, transaction)))
    }
  }
}

import KeyValueStore
import Testing

@Suite("Transactions")
struct TransactionTests {
  struct Interruption: Error {}

  let directory: TemporaryDirectory
  let environment: Environment
  let table: Table

  init() throws {
    directory = try TemporaryDirectory()
    environment = try directory.open()
    table = try environment.openTable("words", create: true)
  }

  @Test("A committed value is read back by the next transaction")
  func commitIsVisible() throws {
    try environment.put("1", forKey: "one", in: table)
    #expect(try environment.text(forKey: "one", in: table) == "1")
    #expect(try environment.text(forKey: "two", in: table) == nil)
  }

  @Test("A write transaction reads its own writes, and nobody else does before it commits")
  func ownWritesAreVisible() throws {
    var transaction = try environment.beginWrite()
    try transaction.put("1", forKey: "one", in: table)
    #expect(try transaction.text(forKey: "one", in: table) == "1")
    #expect(try environment.text(forKey: "one", in: table) == nil)
    try transaction.commit()
    #expect(try environment.text(forKey: "one", in: table) == "1")
  }

  @Test("A write transaction that goes out of scope leaves no trace")
  func scopeExitAborts() throws {
    try environment.put("1", forKey: "one", in: table)
    do {
      var transaction = try environment.beginWrite()
      try transaction.put("2", forKey: "one", in: table)
    }
    #expect(try environment.text(forKey: "one", in: table) == "1")
  }

  @Test("An error thrown between writes aborts the transaction and frees the write lock")
  func thrownErrorAborts() throws {
    func writeAndFail() throws {
      var transaction = try environment.beginWrite()
      try transaction.put("1", forKey: "one", in: table)
      throw Interruption()
    }
    #expect(throws: Interruption.self, performing: writeAndFail)
    #expect(try environment.text(forKey: "one", in: table) == nil)
    try environment.put("2", forKey: "one", in: table)
    #expect(try environment.text(forKey: "one", in: table) == "2")
  }

  @Test("A reader sees the state of its beginning while others commit")
  func readersSeeASnapshot() throws {
    try environment.put("old", forKey: "key", in: table)
    try environment.read { reader in
      try environment.put("new", forKey: "key", in: table)
      try environment.put("added", forKey: "other", in: table)
      #expect(try reader.text(forKey: "key", in: table) == "old")
      #expect(try reader.text(forKey: "other", in: table) == nil)
      #expect(try reader.count(of: table) == 1)
      #expect(try environment.text(forKey: "key", in: table) == "new")
    }
    #expect(try environment.text(forKey: "key", in: table) == "new")
  }

  @Test("Many readers one after another and inside one another use few slots")
  func readersAreReused() throws {
    func nest(_ depth: Int) throws {
      guard depth > 0 else { return }
      try environment.read { _ in try nest(depth - 1) }
    }
    for _ in 0..<300 { try nest(12) }
    #expect(try environment.statistics.readerSlotCount == 12)
  }

  @Test("A reader that has ended lets its pages be used again, and one that goes on does not")
  func endedReadersFreePages() throws {
    func growth() throws -> Int {
      let before = try environment.statistics.pageCount
      for number in 0..<200 { try environment.put("\(number)", forKey: "key", in: table) }
      return try environment.statistics.pageCount - before
    }
    try environment.read { _ in }
    #expect(try growth() < 20)
    let grown = try environment.read { _ in try growth() }
    #expect(grown > 200)
  }

  @Test("More readers than slots are refused, and readers work again when some have ended")
  func readersAreLimited() throws {
    let small = try Environment.open(
      path: directory.file("small.mdb"), options: .init(readersMax: 3, diskReserveBytes: 0))
    func nest(_ depth: Int) throws {
      guard depth > 0 else { return }
      try small.read { _ in try nest(depth - 1) }
    }
    #expect(storeErrorCode { try nest(1000) } == .readersFull)
    try nest(1)
  }

  @Test("Errors of the body and of the store both pass through a read, and its result comes back")
  func errorsPassThrough() throws {
    #expect(throws: Interruption.self) { try environment.read { _ in throw Interruption() } }
    #expect(
      storeErrorCode {
        try environment.read { transaction throws(StoreError) in _ = try transaction.text(forKey: "", in: table) }
      } == .keyEmpty)
    #expect(try environment.read { _ in 42 } == 42)
  }

  @Test("A second write transaction on the same thread is refused instead of waiting for ever")
  func secondWriterOnTheThreadIsRefused() throws {
    let transaction = try environment.beginWrite()
    #expect(storeErrorCode { _ = try environment.beginWrite() } == .busy)
    #expect(storeErrorCode { _ = try environment.openTable("new", create: true) } == .busy)
    #expect(storeErrorCode { try environment.copy(to: directory.file("copy.mdb")) } == .busy)
    #expect(try environment.openTable("words", create: true).name == "words")
    try transaction.commit()
    _ = try environment.beginWrite()
  }

  @Test("A table opened after a reader began is named as the cause when the reader asks for it")
  func tableYoungerThanReader() throws {
    try environment.read { reader in
      let late = try environment.openTable("late", create: true)
      let error = try #require(#expect(throws: StoreError.self) { _ = try reader.text(forKey: "a", in: late) })
      #expect(error.code == .tableMissing)
      #expect(error.reason == "the table was opened after this transaction began")
    }
  }

  @Test("A table of another environment is refused by every operation")
  func foreignTableIsRefused() throws {
    let other = try directory.open("other.mdb")
    let foreign = try other.openTable("words", create: true)
    #expect(storeErrorCode { _ = try environment.text(forKey: "a", in: foreign) } == .foreignTable)
    #expect(storeErrorCode { try environment.put("1", forKey: "a", in: foreign) } == .foreignTable)
    #expect(storeErrorCode { try environment.read { try $0.withCursor(in: foreign) { _ in } } } == .foreignTable)
    #expect(storeErrorCode { _ = try environment.read { try $0.count(of: foreign) } } == .foreignTable)
    #expect(
      storeErrorCode {
        var writer = try environment.beginWrite()
        try writer.clear(foreign)
      } == .foreignTable)
  }
}

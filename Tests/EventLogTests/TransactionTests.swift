import Compression
import EventLog
import Events
import Hashing
import Testing

@Suite("Appending is a transaction")
struct TransactionTests {
  /// What an outsider can see of a log.
  private struct View: Equatable {
    var events: [Received]
    var digest: String
    var figures: [UInt64]
    var rejects: [UInt64]

    init(_ log: EventLog) throws {
      events = try log.everything()
      digest = try log.digest().description
      let info = try log.info()
      figures = [info.last, info.sealed, UInt64(info.blocks), info.documentBytes, UInt64(info.rejects)]
      var numbers: [UInt64] = []
      try log.forEachReject { number, _ in
        numbers.append(number)
        return true
      }
      rejects = numbers
    }
  }

  private let reject = Reject(
    kind: .schema, reason: "r", file: "f", line: 1, received: Instant(microseconds: 1), input: "ndjson", original: [1])

  @Test(
    "Readers see nothing of an open transaction, and all of it once it is committed",
    arguments: [(0, 1), (3, 5), (500, 30), (1024, 1024), (700, 1100)])
  func snapshot(before: Int, added: Int) throws {
    var generator = SeededGenerator(seed: UInt64(before))
    let (old, new) = (generator.events(before), generator.events(added))
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try log.add(old)
    let view = try View(log)
    var appender = try log.append(with: ZstandardCompressor())
    try appender.add(new)
    try appender.reject(reject)
    try appender.index([(1, appender.last)])
    #expect(try View(log) == view)
    try appender.commit()
    let after = try View(log)
    #expect(after.events == old + new)
    #expect(after.rejects == [1])
    #expect(after.digest == Model(old + new).chain.description)
  }

  @Test(
    "A transaction that is dropped leaves nothing, not even used numbers",
    arguments: [(0, 1), (3, 5), (500, 30), (1024, 1024), (700, 1100)])
  func dropped(before: Int, added: Int) throws {
    var generator = SeededGenerator(seed: UInt64(before))
    let (old, new) = (generator.events(before), generator.events(added))
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try log.add(old)
    let view = try View(log)
    do {
      var appender = try log.append(with: ZstandardCompressor())
      try appender.add(new)
      try appender.reject(reject)
      try appender.index((0..<UInt64(added)).map { ($0, UInt64(before) + 1 + $0) })
    }
    #expect(try View(log) == view)
    var appender = try log.append(with: ZstandardCompressor())
    try appender.lookUp(Array(0..<UInt64(added))) { _, _ in Issue.record("the index kept an entry") }
    try appender.reject(reject)
    try appender.add(new)
    try appender.commit()
    #expect(try View(log).events == old + new)
    #expect(try View(log).rejects == [1])
    #expect(try log.verify().isIntact)
  }

  @Test("The appender reads its own events and those before them", arguments: [(0, 1), (3, 5), (500, 30), (700, 1100)])
  func ownEvents(before: Int, added: Int) throws {
    var generator = SeededGenerator(seed: UInt64(before))
    let (old, new) = (generator.events(before), generator.events(added))
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try log.add(old)
    var appender = try log.append(with: ZstandardCompressor())
    try appender.add(new)
    let decompressor = ZstandardDecompressor()
    for (index, event) in (old + new).enumerated() where index % 7 == 0 || index > before + added - 3 {
      let position = UInt64(index + 1)
      let batch = try appender.batch(holding: position, with: decompressor)
      var found: [Received] = []
      batch.forEach(from: position, through: position) { found.append(Received($0)) }
      #expect(found == [event])
    }
    for position in [0, appender.last + 1] {
      #expect(throws: LogError.self) { _ = try appender.batch(holding: position, with: decompressor) }
    }
  }
}

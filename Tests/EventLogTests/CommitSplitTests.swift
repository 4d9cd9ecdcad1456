import Compression
import EventLog
import Events
import Hashing
import Testing

@Suite("The log does not depend on how its events were committed")
struct CommitSplitTests {
  /// Appends the events in commits of random sizes, closing and opening the log now and then.
  private func split(
    _ events: [Received], in directory: TemporaryDirectory, _ generator: inout SeededGenerator
  ) throws {
    var log = Optional(try directory.log())
    var rest = events[...]
    while !rest.isEmpty || generator.int(0...3) == 0 {
      let size = [0, 1, 2, 100, 1023, 1024, 1025, 3000].randomElement(using: &generator) ?? 1
      let last = try log?.add(rest.prefix(size))
      rest = rest.dropFirst(size)
      #expect(last == UInt64(events.count - rest.count))
      guard generator.int(0...2) == 0 else { continue }
      log = nil
      log = try directory.log()
    }
  }

  @Test(
    "Any split into commits gives the same events, positions, block borders and digest",
    arguments: 0..<14 as Range<UInt64>)
  func anySplit(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let events = generator.events(generator.int(0...2200))
    let model = Model(events)
    let (whole, parts) = (try TemporaryDirectory(), try TemporaryDirectory())
    try whole.log().add(events)
    try split(events, in: parts, &generator)
    for log in [try whole.log(), try parts.log()] {
      #expect(try log.everything() == events)
      #expect(try log.borders() == model.borders)
      #expect(try log.digest() == model.chain)
      let info = try log.info()
      #expect(info.last == UInt64(events.count))
      #expect(info.sealed == UInt64(model.sealed))
      #expect(info.documentBytes == UInt64(events.reduce(0) { $0 + $1.document.count + 1 }))
      #expect(try log.verify().damage.map(\.what) == [])
      #expect(try log.verify().digest == model.chain)
    }
  }

  @Test("A log that was exported and taken in again has the same digest", arguments: 0..<6 as Range<UInt64>)
  func export(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try log.add(generator.events(generator.int(1...1600)))
    var export: [UInt8] = []
    try LogReader(log).forEachBatch(from: 1) { batch in batch.withContent { export += $0 } }
    #expect(UInt64(export.count) == (try log.info().documentBytes))

    let lines = export.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    let copy = try directory.log("copy.mdb")
    try copy.add(lines.map { Received(document: Array($0), at: Instant(microseconds: 1)) })
    #expect(try copy.digest() == log.digest())
    #expect(try copy.everything().map(\.document) == log.everything().map(\.document))
  }

  @Test("Receipt times are kept and are no part of the digest", arguments: 0..<4 as Range<UInt64>)
  func receiptTimes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var events = generator.events(700)
    events += [.max, .min, 0, -1].map { Received(document: [1], at: Instant(microseconds: $0)) }
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try log.add(events)
    for index in events.indices { events[index].at.microseconds &+= Int64(generator.int(0...9)) }
    let later = try directory.log("later.mdb")
    try later.add(events)
    #expect(try later.everything() == events)
    #expect(try later.digest() == log.digest())
  }

  @Test("Another order, another document or one event less is another digest", arguments: [3, 1024, 1025, 2049])
  func otherEvents(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let events = generator.events(count, 5...50)
    var (swapped, changed) = (events, events)
    swapped.swapAt(0, count - 1)
    changed[count / 2].document[2] ^= 1
    let directory = try TemporaryDirectory()
    var digests: Set<String> = []
    for (name, variant) in [("a", events), ("b", swapped), ("c", changed), ("d", events.dropLast())] {
      let log = try directory.log(name)
      try log.add(variant)
      digests.insert(try log.digest().description)
    }
    #expect(digests.count == 4)
  }

  @Test("An empty log has the zero digest")
  func empty() throws {
    let log = try TemporaryDirectory().log()
    #expect(try log.digest() == .none)
    #expect(try log.verify().isIntact)
    #expect(try log.info().last == 0)
  }
}

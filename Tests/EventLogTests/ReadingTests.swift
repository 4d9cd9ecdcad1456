import Compression
import EventLog
import Events
import JSON
import Testing

@Suite("Reading the log")
struct ReadingTests {
  static let counts = [0, 1, 2, 1023, 1024, 1025, 2047, 2048, 2049, 3136]

  /// A log whose tail and blocks came from several commits.
  private func log(_ events: [Received], in directory: TemporaryDirectory) throws -> EventLog {
    let log = try directory.log()
    try log.add(events.prefix(events.count / 3))
    try log.add(events.dropFirst(events.count / 3))
    return log
  }

  @Test("Every event is found at its position, in any order of asking", arguments: counts)
  func everyPosition(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let events = generator.events(count)
    let directory = try TemporaryDirectory()
    let reader = LogReader(try log(events, in: directory))
    for index in Array(events.indices) + (0..<50).compactMap({ _ in events.indices.randomElement(using: &generator) }) {
      let found = try reader.withEvent(at: UInt64(index + 1)) { event in
        #expect(event.position == UInt64(index + 1))
        #expect(event.padded.count >= event.documentBytes + JSONParser.padding)
        return Received(event)
      }
      #expect(found == events[index])
    }
  }

  @Test("A range gives its events in order and no others", arguments: counts)
  func ranges(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let events = generator.events(count)
    let directory = try TemporaryDirectory()
    let reader = LogReader(try log(events, in: directory))
    for _ in 0..<40 {
      let (first, last) = (generator.int(0...(count + 3)), generator.int(0...(count + 3)))
      var found: [UInt64] = []
      try reader.forEach(from: UInt64(first), through: UInt64(last)) { event in
        found.append(event.position)
        #expect(Received(event) == events[Int(event.position) - 1])
      }
      let expected = (1...max(count, 1)).filter { $0 >= first && $0 <= last && $0 <= count }
      #expect(found == expected.map { UInt64($0) }, "from \(first) through \(last)")
    }
  }

  @Test("A batch gives a part of its events when asked for a part", arguments: [5, 700])
  func partsOfBatch(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let directory = try TemporaryDirectory()
    let reader = LogReader(try log(generator.events(count), in: directory))
    for position in [1, UInt64(count)] {
      let batch = try #require(try reader.batch(holding: position))
      for _ in 0..<30 {
        let (lower, upper) = (UInt64(generator.int(0...(count + 2))), UInt64(generator.int(0...(count + 2))))
        var found: [UInt64] = []
        batch.forEach(from: lower, through: upper) { found.append($0.position) }
        #expect(found == (batch.first...batch.last).filter { $0 >= lower && $0 <= upper })
      }
    }
  }

  @Test("There is no event at position 0 or behind the end", arguments: [0, 1, 1024, 600])
  func noSuchPosition(count: Int) throws {
    var generator = SeededGenerator(seed: 1)
    let directory = try TemporaryDirectory()
    let reader = LogReader(try log(generator.events(count), in: directory))
    for position in [0, UInt64(count) + 1, .max] {
      let error = #expect(throws: LogError.self) { try reader.withEvent(at: position) { _ in } }
      #expect(error?.description == "there is no event at position \(position); the log ends at \(count)")
      #expect(try reader.batch(holding: position) == nil)
    }
  }

  @Test("Blocks are sealed by size too, and documents of 256 KiB come back", arguments: 0..<3 as Range<UInt64>)
  func largeDocuments(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let largest = 256 << 10
    let events = (0..<14).map { index in
      let counts = index % 4 == 0 ? largest...largest : 100_000...largest
      return Received(document: generator.document(counts), at: Instant(microseconds: 1))
    }
    let model = Model(events)
    try #require(model.borders.count > 1 && model.borders.allSatisfy { $0.count < 14 })
    let directory = try TemporaryDirectory()
    let log = try log(events, in: directory)
    #expect(try log.borders() == model.borders)
    #expect(try log.everything() == events)
    #expect(try log.verify().isIntact)
  }

  @Test("A reader that has read the tail sees what was appended since")
  func growingTail() throws {
    var generator = SeededGenerator(seed: 7)
    let events = generator.events(1100)
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    let reader = LogReader(log)
    var next = 0
    while next < events.count {
      let size = min(generator.int(1...97), events.count - next)
      try log.add(events[next..<(next + size)])
      for index in [next, next + size - 1, generator.int(0...next)] {
        #expect(try reader.withEvent(at: UInt64(index + 1)) { Received($0) } == events[index])
      }
      next += size
    }
  }

  @Test("A log that is opened read-only is read and not made")
  func readOnly() throws {
    var generator = SeededGenerator(seed: 8)
    let events = generator.events(600)
    let directory = try TemporaryDirectory()
    try directory.log().add(events)
    let log = try EventLog(path: directory.file(), readOnly: true)
    #expect(try log.everything() == events)
    #expect(throws: LogError.self) { try log.add(events) }
    #expect(throws: LogError.self) { try EventLog(path: directory.file("none.mdb"), readOnly: true) }
  }

  @Test("When the log was made is kept from its first opening")
  func created() throws {
    let directory = try TemporaryDirectory()
    #expect(try EventLog(path: directory.file(), created: Instant(microseconds: 5)).info().created.microseconds == 5)
    #expect(try EventLog(path: directory.file(), created: Instant(microseconds: 9)).info().created.microseconds == 5)
  }

  @Test("A copy that is made while the log grows is a whole log")
  func copy() throws {
    var generator = SeededGenerator(seed: 9)
    let events = generator.events(900)
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try log.add(events)
    try log.copy(to: directory.file("copy.mdb"))
    try log.add(events)
    let copy = try directory.log("copy.mdb")
    #expect(try copy.everything() == events)
    #expect(try copy.verify().isIntact)
  }
}

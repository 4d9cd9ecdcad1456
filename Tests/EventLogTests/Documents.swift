import Compression
import EventLog
import Events
import Hashing

/// A document and when it was received, owned: what a log gives back.
struct Received: Equatable {
  var document: [UInt8]
  var at: Instant
}

extension SeededGenerator {
  /// A line such as the log stores. It repeats itself, so that it compresses as JSON does, and has no newline.
  mutating func document(_ counts: ClosedRange<Int>) -> [UInt8] {
    let (count, pattern) = (int(counts), next())
    return (0..<count).map { UInt8(ascii: "a") + UInt8(truncatingIfNeeded: pattern >> UInt64($0 % 61) & 15) }
  }

  /// Documents, rarely one as large as an event may be, received at times that go forwards and backwards.
  mutating func events(_ count: Int, _ counts: ClosedRange<Int> = 0...400) -> [Received] {
    (0..<count).map { _ in
      let document = int(0...500) == 0 ? document(0...(256 << 10)) : document(counts)
      return Received(document: document, at: Instant(microseconds: Int64(bitPattern: next()) >> Int64(int(0...60))))
    }
  }
}

extension EventLog {
  /// Appends in one transaction.
  @discardableResult
  func add(_ events: some Sequence<Received>) throws -> Position {
    var appender = try append(with: ZstandardCompressor())
    try appender.add(events)
    let last = appender.last
    try appender.commit()
    return last
  }

  /// Everything that the log holds, in order.
  func everything() throws -> [Received] {
    var events: [Received] = []
    try LogReader(self).forEach(from: 1) { event in
      try requireEqual(event.position, UInt64(events.count + 1))
      events.append(Received(event))
    }
    return events
  }

  /// Where each block begins and how many events it has; the last may be the tail.
  func borders() throws -> [Border] {
    var borders: [Border] = []
    try LogReader(self).forEachBatch(from: 1) { borders.append(Border(first: $0.first, count: $0.count)) }
    return borders
  }
}

extension LogAppender {
  mutating func add(_ events: some Sequence<Received>) throws {
    for event in events {
      let expected = last + 1
      let position = try event.document.withUnsafeBytes { (document) throws(LogError) in
        try append(document, received: event.at)
      }
      try requireEqual(position, expected)
    }
  }
}

extension Received {
  init(_ event: LoggedEvent) { self.init(document: Array(event.document), at: event.received) }
}

struct Border: Equatable {
  var first: Position
  var count: Int
}

struct Unequal: Error, CustomStringConvertible {
  let description: String
}

func requireEqual<Value: Equatable>(_ a: Value, _ b: Value) throws {
  if a != b { throw Unequal(description: "\(a) is not \(b)") }
}

/// The documented rules of blocks and of the digest, written down a second time.
struct Model {
  var borders: [Border] = []
  var chain = BLAKE2b.Digest.none
  /// How many events lie in sealed blocks.
  var sealed = 0

  init(_ events: [Received]) {
    var (count, content) = (0, [UInt8]())
    for (index, event) in events.enumerated() {
      count += 1
      content += event.document + [0x0A]
      let isFull = count == 1024 || content.count >= 1_048_576
      guard isFull || index == events.count - 1 else { continue }
      borders.append(Border(first: UInt64(index + 2 - count), count: count))
      var hash = BLAKE2b()
      hash.update(chain)
      content.withUnsafeBytes { hash.update($0) }
      chain = hash.finish()
      if isFull { sealed = index + 1 }
      (count, content) = (0, [])
    }
  }
}

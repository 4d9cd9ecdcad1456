import BinaryCoding
import Events

/// Where the events of a block end in its content, and when each was received.
struct LengthTable {
  /// The index behind each event's newline.
  private(set) var ends: [Int] = []
  private(set) var received: [Instant] = []

  var count: Int { ends.count }

  /// Where the document at an index lies, without its newline.
  func document(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<(ends[index] - 1)
  }

  init() {}

  mutating func append(end: Int, received instant: Instant) {
    ends.append(end)
    received.append(instant)
  }

  mutating func removeAll() {
    ends.removeAll(keepingCapacity: true)
    received.removeAll(keepingCapacity: true)
  }

  /// For each event its length with newline and the time since the one before it was received.
  func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: count * 3)
    var previous: Int64 = 0
    for index in 0..<count {
      writer.count(document(index).count + 1)
      writer.signed(received[index].microseconds &- previous)
      previous = received[index].microseconds
    }
    return writer.bytes
  }

  /// Reads the table of `count` events whose content has `contentBytes` bytes. Throws unless the lengths add up to that.
  init(_ bytes: UnsafeRawBufferPointer, count: Int, contentBytes: Int) throws(CodingError) {
    ends.reserveCapacity(count)
    received.reserveCapacity(count)
    var reader = ByteReader(bytes)
    var (end, time) = (0, Int64(0))
    for _ in 0..<count {
      let length = try reader.count()
      guard length > 0, length <= contentBytes - end else { throw Self.wrongSum }
      end += length
      time &+= try reader.signed()
      append(end: end, received: Instant(microseconds: time))
    }
    guard end == contentBytes, reader.isAtEnd else { throw Self.wrongSum }
  }

  private static var wrongSum: CodingError {
    CodingError("the lengths of a block's events do not add up to its content")
  }
}

package import BinaryCoding

/// The evidence that two identifiers belong to one person: events that are anchored on one and carry the other.
package struct LinkState: FoldState {
  /// How many events give this evidence.
  package private(set) var events = 0
  /// Microseconds since 1970.
  package private(set) var firstSeen: Int64 = .max
  package private(set) var lastSeen: Int64 = .min

  package init() {}

  /// Counts an event at a time in microseconds.
  package mutating func fold(_ time: Int64) {
    events += 1
    firstSeen = min(firstSeen, time)
    lastSeen = max(lastSeen, time)
  }

  package mutating func merge(_ other: Self) {
    events += other.events
    firstSeen = min(firstSeen, other.firstSeen)
    lastSeen = max(lastSeen, other.lastSeen)
  }

  package func encode(to writer: inout ByteWriter) {
    writer.count(events)
    writer.signed(firstSeen)
    writer.signed(lastSeen &- firstSeen)
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    events = try reader.count()
    firstSeen = try reader.signed()
    lastSeen = firstSeen &+ (try reader.signed())
  }
}

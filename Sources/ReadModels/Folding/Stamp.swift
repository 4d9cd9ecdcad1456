import BinaryCoding
import JSON

/// The place of an event in the order that decides between writers: event time, then source, then id.
///
/// The order in which events arrived plays no part, so a fold may see them in any. Source and id compare by their bytes,
/// so that two events are never equal.
package struct Stamp: Hashable, Comparable, Sendable {
  /// Microseconds since 1970.
  package let time: Int64
  /// Source and id with a zero byte between, which neither holds: one text orders as the two do, and is one object.
  private let name: String

  /// Neither source nor id may hold a zero byte; intake refuses control characters in both.
  package init(time: Int64, source: String, id: String) {
    self.time = time
    name = source + "\0" + id
  }

  /// O(bytes), one allocation.
  init(time: Int64, source: UnsafeBufferPointer<UInt8>, id: UnsafeBufferPointer<UInt8>) {
    self.time = time
    name = String(unsafeUninitializedCapacity: source.count + 1 + id.count) { buffer in
      _ = buffer.initialize(fromContentsOf: source)
      buffer.initializeElement(at: source.count, to: 0)
      _ = UnsafeMutableBufferPointer(rebasing: buffer[(source.count + 1)...]).initialize(fromContentsOf: id)
      return source.count + 1 + id.count
    }
  }

  package var source: String { String(decoding: name.utf8.prefix { $0 != 0 }, as: UTF8.self) }
  package var id: String { String(decoding: name.utf8.drop { $0 != 0 }.dropFirst(), as: UTF8.self) }

  package static func < (a: Self, b: Self) -> Bool {
    a.time != b.time ? a.time < b.time : a.name.compareBytes(with: b.name) < 0
  }

  package static func == (a: Self, b: Self) -> Bool { a.time == b.time && a.name.compareBytes(with: b.name) == 0 }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(time)
    hasher.combine(name)
  }

  func encode(to writer: inout ByteWriter) {
    writer.signed(time)
    writer.text(name)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    time = try reader.signed()
    name = try reader.text()
  }

  /// Leaves out which event it was, where nobody wants to know.
  init(skipping reader: inout ByteReader) throws(CodingError) {
    time = try reader.signed()
    _ = try reader.blob()
    name = ""
  }

  /// As much as the reader is asked for.
  init(asWantedBy reader: inout ByteReader) throws(CodingError) {
    self = reader.wantsProvenance ? try Stamp(&reader) : try Stamp(skipping: &reader)
  }
}

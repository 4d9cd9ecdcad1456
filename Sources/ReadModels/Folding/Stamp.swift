import BinaryCoding
import Glibc

/// The place of an event in the order that decides between writers: event time, then source, then id.
///
/// The order in which events arrived plays no part, so a fold may see them in any. Source and id compare by their bytes,
/// so that two events are never equal.
package struct Stamp: Hashable, Comparable, Sendable {
  /// Microseconds since 1970.
  package let time: Int64
  package let source: String
  package let id: String

  package init(time: Int64, source: String, id: String) {
    self.time = time
    self.source = source
    self.id = id
  }

  package static func < (a: Self, b: Self) -> Bool {
    if a.time != b.time { return a.time < b.time }
    let order = compareBytes(a.source, b.source)
    return order != 0 ? order < 0 : compareBytes(a.id, b.id) < 0
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.time == b.time && compareBytes(a.id, b.id) == 0 && compareBytes(a.source, b.source) == 0
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(time)
    hasher.combine(id)
  }

  func encode(to writer: inout ByteWriter) {
    writer.signed(time)
    writer.text(source)
    writer.text(id)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    time = try reader.signed()
    source = try reader.text()
    id = try reader.text()
  }
}

/// Negative, zero or positive as the bytes of the first text sort before, are, or sort behind those of the other.
private func compareBytes(_ a: String, _ b: String) -> Int {
  var (a, b) = (a, b)
  return a.withUTF8 { a in
    b.withUTF8 { b in
      let shared = min(a.count, b.count)
      if shared > 0, let left = a.baseAddress, let right = b.baseAddress {
        let order = memcmp(left, right, shared)
        if order != 0 { return Int(order) }
      }
      return a.count - b.count
    }
  }
}

import BinaryCoding
import JSON

/// The place of an event in the order that decides between writers: event time, then source, then id.
///
/// The order in which events arrived plays no part, so a fold may see them in any. Source and id compare by their bytes,
/// so that two events are never equal.
package struct Stamp: Hashable, Comparable, Sendable {
  /// Microseconds since 1970.
  package let time: Int64
  fileprivate let name: EventName

  /// Neither source nor id may hold a zero byte; intake refuses control characters in both.
  package init(time: Int64, source: String, id: String) {
    var (source, id) = (source, id)
    self = source.withUTF8 { source in id.withUTF8 { id in Self(time: time, source: source, id: id) } }
  }

  /// O(bytes); allocates nothing where the id is a UUID and the source has fewer than 16 bytes.
  init(time: Int64, source: UnsafeBufferPointer<UInt8>, id: UnsafeBufferPointer<UInt8>) {
    self.time = time
    name = EventName(source: source, id: id)
  }

  package var source: String { name.parts.source }
  package var id: String { name.parts.id }

  package static func < (a: Self, b: Self) -> Bool { a.time != b.time ? a.time < b.time : a.name < b.name }

  func encode(to writer: inout ByteWriter) {
    writer.signed(time)
    name.encode(to: &writer)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    time = try reader.signed()
    name = try EventName(&reader)
  }

  /// Leaves out which event it was, where nobody wants to know.
  init(skipping reader: inout ByteReader) throws(CodingError) {
    time = try reader.signed()
    try EventName.skip(&reader)
    name = .nobody
  }

  /// As much as the reader is asked for.
  init(asWantedBy reader: inout ByteReader) throws(CodingError) {
    self = reader.wantsProvenance ? try Stamp(&reader) : try Stamp(skipping: &reader)
  }
}

/// Source and id of an event. States hold many, so a UUID takes no memory of its own.
private enum EventName: Hashable, Sendable {
  case uuid(source: String, id: UInt128)
  /// Source and id with a zero byte between, which neither holds: one text orders as the two do, and is one object.
  case text(String)

  static var nobody: Self { .text("") }

  init(source: UnsafeBufferPointer<UInt8>, id: UnsafeBufferPointer<UInt8>) {
    if let uuid = UUIDText.value(id) {
      self = .uuid(source: String(decoding: source, as: UTF8.self), id: uuid)
      return
    }
    self = .text(
      String(unsafeUninitializedCapacity: source.count + 1 + id.count) { buffer in
        _ = buffer.initialize(fromContentsOf: source)
        buffer.initializeElement(at: source.count, to: 0)
        _ = UnsafeMutableBufferPointer(rebasing: buffer[(source.count + 1)...]).initialize(fromContentsOf: id)
        return source.count + 1 + id.count
      })
  }

  var parts: (source: String, id: String) {
    switch self {
    case .uuid(let source, let id): (source, UUIDText.text(id))
    case .text(let name):
      (
        String(decoding: name.utf8.prefix { $0 != 0 }, as: UTF8.self),
        String(decoding: name.utf8.drop { $0 != 0 }.dropFirst(), as: UTF8.self)
      )
    }
  }

  private var text: String {
    if case .text(let name) = self { return name }
    let (source, id) = parts
    return source + "\0" + id
  }

  static func < (a: Self, b: Self) -> Bool {
    // Digits sort as numbers do.
    if case .uuid(let source, let id) = a, case .uuid(let otherSource, let other) = b {
      let order = source.compareBytes(with: otherSource)
      return order != 0 ? order < 0 : id < other
    }
    return a.text.compareBytes(with: b.text) < 0
  }

  static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.uuid(let source, let id), .uuid(let otherSource, let other)):
      id == other && source.compareBytes(with: otherSource) == 0
    case (.text(let name), .text(let other)): name.compareBytes(with: other) == 0
    default: false
    }
  }

  func hash(into hasher: inout Hasher) {
    switch self {
    case .uuid(_, let id): hasher.combine(id)
    case .text(let name): hasher.combine(name)
    }
  }

  func encode(to writer: inout ByteWriter) {
    switch self {
    case .uuid(let source, let id):
      writer.text(source)
      writer.id(id)
    case .text(var name):
      name.withUTF8 { name in
        let end = name.firstIndex(of: 0) ?? name.count
        writer.blob(name[..<end])
        writer.id(UnsafeBufferPointer(rebasing: name[min(end + 1, name.count)...]))
      }
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    guard reader.form >= 6 else {
      let (source, id) = Self.text(try reader.text()).parts
      self = Stamp(time: 0, source: source, id: id).name
      return
    }
    let source = try reader.text()
    let (uuid, text) = try reader.rawID()
    self = if let uuid { .uuid(source: source, id: uuid) } else { .text(source + "\0" + (try reader.text(text))) }
  }

  static func skip(_ reader: inout ByteReader) throws(CodingError) {
    _ = try reader.blob()
    if reader.form >= 6 { _ = try reader.rawID() }
  }
}

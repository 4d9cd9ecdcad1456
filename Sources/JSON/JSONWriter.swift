/// Appends JSON text to a byte buffer: minified, keys in the order they are written, strings with the fewest escapes.
///
/// The caller nests `beginObject`/`endObject` correctly; commas are placed by the writer. O(bytes written).
package struct JSONWriter {
  package internal(set) var bytes: [UInt8]
  var needsComma = false

  package init(bytes: [UInt8] = []) { self.bytes = bytes }

  /// An empty text with room for so many bytes.
  package init(capacity: Int) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// The text, which the writer gives away.
  package mutating func takeBytes() -> [UInt8] {
    let taken = bytes
    bytes = []
    needsComma = false
    return taken
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Empties the buffer and keeps its storage.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  package mutating func key(_ name: StaticString) {
    separate()
    name.withUTF8Buffer { appendQuoted($0, verbatim: true) }
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func key(_ name: String) {
    separate()
    var name = name
    name.withUTF8 { appendQuoted($0, verbatim: false) }
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func value(_ text: String) {
    var text = text
    text.withUTF8 { string($0) }
  }

  package mutating func value(_ number: some FixedWidthInteger) { raw(String(number)) }
  package mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }
  package mutating func null() { raw("null") }

  /// A finite double in the shortest form that reads back the same; NaN and infinities become null.
  package mutating func value(_ number: Double) { raw(number.isFinite ? "\(number)" : "null") }

  /// The content of a string given as UTF-8.
  package mutating func string(_ utf8: UnsafeBufferPointer<UInt8>) {
    separate()
    appendQuoted(utf8, verbatim: false)
    needsComma = true
  }

  /// Text that already is JSON: a number's text, for example.
  package mutating func raw(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
    needsComma = true
  }

  /// Bytes that already are JSON.
  package mutating func raw(_ json: UnsafeBufferPointer<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// Bytes that already are JSON.
  package mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// A parsed value, minified; member order and the text of numbers are kept, strings lose needless escapes.
  package mutating func value(_ value: JSONValue) {
    switch value.kind {
    case .null: null()
    case .true: self.value(true)
    case .false: self.value(false)
    case .number: raw(value.bytes)
    case .string: quoted(value)
    case .array:
      beginArray()
      for element in value.elements { self.value(element) }
      endArray()
    case .object:
      beginObject()
      for (name, member) in value.members { self.member(name, member) }
      endObject()
    }
  }

  /// A member of an object under a key that was parsed.
  package mutating func member(_ name: JSONValue, _ member: JSONValue) {
    quoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
    value(member)
  }

  /// Ends a line of NDJSON.
  package mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
  }

  /// Ends a document; the next one follows without a comma.
  package mutating func endDocument() { needsComma = false }

  private mutating func quoted(_ value: JSONValue) {
    separate()
    appendQuoted(value.bytes, verbatim: value.isVerbatimString)
    needsComma = true
  }

  mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func appendQuoted(_ utf8: UnsafeBufferPointer<UInt8>, verbatim: Bool) {
    bytes.append(UInt8(ascii: "\""))
    if verbatim {
      bytes.append(contentsOf: utf8)
    } else {
      appendEscaped(utf8)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
    var clean = utf8.startIndex
    for index in utf8.indices where utf8[index] < 0x20 || utf8[index] == 0x22 || utf8[index] == 0x5C {
      bytes.append(contentsOf: utf8[clean..<index])
      appendEscape(utf8[index])
      clean = index + 1
    }
    bytes.append(contentsOf: utf8[clean...])
  }

  private mutating func appendEscape(_ byte: UInt8) {
    bytes.append(0x5C)
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}

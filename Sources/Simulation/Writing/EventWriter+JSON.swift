extension EventWriter {
  /// Appends bytes as they are.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func key(_ name: StaticString) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    raw(name)
    raw("\":")
    needsComma = true
  }

  mutating func text(_ name: StaticString, _ value: StaticString) {
    beginText(name)
    raw(value)
    endText()
  }

  mutating func beginText(_ name: StaticString) {
    key(name)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func endText() {
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func number(_ name: StaticString, _ value: Int) {
    key(name)
    decimal(value)
  }

  mutating func flag(_ name: StaticString, _ value: Bool) {
    key(name)
    raw(value ? "true" : "false")
  }

  mutating func beginObject(_ name: StaticString) {
    key(name)
    beginObject()
  }

  mutating func beginObject() {
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  mutating func beginArray(_ name: StaticString) {
    key(name)
    bytes.append(UInt8(ascii: "["))
    needsComma = false
  }

  mutating func endArray() {
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// The next element of an array begins.
  mutating func element() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }
}

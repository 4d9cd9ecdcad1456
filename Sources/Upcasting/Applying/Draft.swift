import JSON

/// A JSON value that steps change. Parts that no step looks into stay where they were parsed, and are valid as long.
enum Draft {
  case parsed(JSONValue)
  case null
  case flag(Bool)
  /// The content of a string.
  case text([UInt8])
  /// The text of a number.
  case number([UInt8])
  case array([Draft])
  case object([Member])

  struct Member {
    let name: Name
    var value: Draft
  }

  enum Name {
    case parsed(JSONValue)
    case given(MemberName)

    func matches(_ other: MemberName) -> Bool {
      switch self {
      case .parsed(let key): other.bytes.withUnsafeBufferPointer { key.bytes.hasSameBytes(as: $0) }
      case .given(let name): name == other
      }
    }
  }

  init(_ constant: Constant) {
    switch constant {
    case .null: self = .null
    case .flag(let flag): self = .flag(flag)
    case .text(let bytes): self = .text(bytes)
    case .number(let bytes): self = .number(bytes)
    case .array(let elements): self = .array(elements.map { Draft($0) })
    case .object(let members): self = .object(members.map { Member(name: .given($0.name), value: Draft($0.value)) })
    }
  }

  var kind: JSONValue.Kind {
    switch self {
    case .parsed(let value): value.kind
    case .null: .null
    case .flag(let flag): flag ? .true : .false
    case .text: .string
    case .number: .number
    case .array: .array
    case .object: .object
    }
  }

  /// The content of a string, the text of a number; empty for the rest.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    switch self {
    case .parsed(let value): body(value.bytes)
    case .text(let bytes), .number(let bytes): bytes.withUnsafeBufferPointer(body)
    default: body(UnsafeBufferPointer(start: nil, count: 0))
    }
  }

  /// What texts, numbers and booleans are written as without quotation marks; nil for the rest. Allocates.
  var scalarText: [UInt8]? {
    switch kind {
    case .true: Array("true".utf8)
    case .false: Array("false".utf8)
    case .string, .number: withBytes { Array($0) }
    case .null, .array, .object: nil
    }
  }
}

extension Draft {
  /// The value at a place that names alone lead to; nil where there is none. O(members on the way).
  func value(at path: ArraySlice<Path.Segment>) -> Draft? {
    guard case .name(let name)? = path.first else { return self }
    return member(name)?.value(at: path.dropFirst())
  }

  private func member(_ name: MemberName) -> Draft? {
    switch self {
    case .parsed(let value):
      name.bytes.withUnsafeBufferPointer { value.member(named: $0) }.map { .parsed($0) }
    case .object(let members): members.first { $0.name.matches(name) }?.value
    default: nil
    }
  }

  func write(to writer: inout JSONWriter) {
    switch self {
    case .parsed(let value): writer.value(value)
    case .null: writer.null()
    case .flag(let flag): writer.value(flag)
    case .text(let bytes): bytes.withUnsafeBufferPointer { writer.string($0) }
    case .number(let bytes): bytes.withUnsafeBufferPointer { writer.raw($0) }
    case .array(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for member in members { member.write(to: &writer) }
      writer.endObject()
    }
  }
}

extension Draft.Member {
  fileprivate func write(to writer: inout JSONWriter) {
    switch (name, value) {
    case (.parsed(let key), .parsed(let value)): return writer.member(key, value)
    case (.parsed(let key), _): writer.key(key.string ?? "")
    case (.given(let name), _): writer.key(name.text)
    }
    value.write(to: &writer)
  }
}

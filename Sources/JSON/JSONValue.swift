import CSIMDJSON

/// A value of a parsed document: a position on the parser's flat tape. Copying it is free; nothing is allocated.
///
/// Valid only as long as its parser has not parsed again and the text it was parsed from lives.
package struct JSONValue {
  package enum Kind: UInt8, Sendable {
    case null, `false`, `true`, number, string, array, object
  }

  private let nodes: UnsafePointer<hoso_json_node>
  private let text: UnsafePointer<UInt8>
  private let strings: UnsafePointer<UInt8>?
  private let index: Int

  init(nodes: UnsafeRawPointer, text: UnsafePointer<UInt8>, strings: UnsafePointer<UInt8>?, index: Int) {
    self.nodes = nodes.assumingMemoryBound(to: hoso_json_node.self)
    self.text = text
    self.strings = strings
    self.index = index
  }

  private init(_ other: JSONValue, at index: Int) {
    nodes = other.nodes
    text = other.text
    strings = other.strings
    self.index = index
  }

  private var node: hoso_json_node { nodes[index] }

  /// O(1).
  package var kind: Kind {
    // The shim writes no other number than those of `hoso_json_kind`.
    Kind(rawValue: nodes[index].kind).unsafelyUnwrapped
  }

  /// Elements of an array, members of an object, 0 for the rest. O(1).
  package var count: Int { kind == .array || kind == .object ? Int(node.length) : 0 }

  /// Where the value's token begins in the source; for a string that held escapes, 0.
  package var sourceOffset: Int { node.unescaped == 0 ? Int(node.offset) : 0 }

  /// The content of a string, the text of a number, or empty. O(1).
  package var bytes: UnsafeBufferPointer<UInt8> {
    let node = node
    guard node.kind == UInt8(hoso_json_string.rawValue) || node.kind == UInt8(hoso_json_number.rawValue) else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    let base = node.unescaped == 0 ? text : strings
    return UnsafeBufferPointer(start: base.map { $0 + Int(node.offset) }, count: Int(node.length))
  }

  /// True for a string whose source text is its content: no escape had to be resolved.
  package var isVerbatimString: Bool { node.unescaped == 0 }

  /// The string's content, or nil for other kinds. Allocates.
  package var string: String? { kind == .string ? String(decoding: bytes, as: UTF8.self) : nil }

  /// A number's text as sent, or nil for other kinds. Allocates.
  package var numberText: String? { kind == .number ? String(decoding: bytes, as: UTF8.self) : nil }

  package var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  package var isNull: Bool { kind == .null }

  /// The member of that name, or nil if there is none or this is no object. O(members).
  package subscript(key: StaticString) -> JSONValue? {
    key.withUTF8Buffer { member(named: $0) }
  }

  /// The member of that name, or nil if there is none or this is no object. O(members).
  package subscript(key: String) -> JSONValue? {
    var key = key
    return key.withUTF8 { member(named: $0) }
  }

  /// The member of that name, or nil if there is none or this is no object. O(members).
  package func member(named name: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    for (key, value) in members where key.bytes.hasSameBytes(as: name) { return value }
    return nil
  }

  /// The members of an object in document order; nothing for other kinds.
  package var members: Members { Members(position: kind == .object ? index + 1 : end, value: self, end: end) }

  /// The elements of an array in order; nothing for other kinds.
  package var elements: Elements { Elements(position: kind == .array ? index + 1 : end, value: self, end: end) }

  private var end: Int { Int(node.next) }

  package struct Members: Sequence, IteratorProtocol {
    fileprivate var position: Int
    fileprivate let value: JSONValue
    fileprivate let end: Int

    package mutating func next() -> (key: JSONValue, value: JSONValue)? {
      guard position < end else { return nil }
      let member = (key: JSONValue(value, at: position), value: JSONValue(value, at: position + 1))
      position = member.value.end
      return member
    }
  }

  package struct Elements: Sequence, IteratorProtocol {
    fileprivate var position: Int
    fileprivate let value: JSONValue
    fileprivate let end: Int

    package mutating func next() -> JSONValue? {
      guard position < end else { return nil }
      let element = JSONValue(value, at: position)
      position = element.end
      return element
    }
  }
}

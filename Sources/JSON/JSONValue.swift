import CSIMDJSON

/// A value of a parsed document: a position on the parser's flat tape. Copying it is free; nothing is allocated.
///
/// Public, not package: the compiler inlines nothing else across modules, and this is the hottest code there is.
///
/// Valid only as long as its parser has not parsed again and the text it was parsed from lives.
@frozen public struct JSONValue {
  @frozen public enum Kind: UInt8, Sendable {
    case null, `false`, `true`, number, string, array, object
  }

  /// A node of the tape, laid out as `hoso_json_node`.
  @usableFromInline struct Node {
    @usableFromInline var offset, length, next: UInt32
    @usableFromInline var kind, unescaped: UInt8
    @usableFromInline var reserved: UInt16
  }

  @usableFromInline let nodes: UnsafePointer<Node>
  @usableFromInline let text: UnsafePointer<UInt8>
  @usableFromInline let strings: UnsafePointer<UInt8>?
  @usableFromInline let index: Int

  init(nodes: UnsafeRawPointer, text: UnsafePointer<UInt8>, strings: UnsafePointer<UInt8>?) {
    assert(MemoryLayout<Node>.size == MemoryLayout<hoso_json_node>.size, "the tape's nodes changed")
    self.nodes = nodes.assumingMemoryBound(to: Node.self)
    self.text = text
    self.strings = strings
    index = 0
  }

  @inlinable init(_ other: JSONValue, at index: Int) {
    nodes = other.nodes
    text = other.text
    strings = other.strings
    self.index = index
  }

  @inlinable var node: Node { nodes[index] }

  /// O(1).
  @inlinable public var kind: Kind {
    // The shim writes no other number than those of `hoso_json_kind`.
    unsafeBitCast(nodes[index].kind, to: Kind.self)
  }

  /// Elements of an array, members of an object, 0 for the rest. O(1).
  @inlinable public var count: Int { kind == .array || kind == .object ? Int(node.length) : 0 }

  /// Where the value's token begins in the source; for a string that held escapes, 0.
  @inlinable public var sourceOffset: Int { node.unescaped == 0 ? Int(node.offset) : 0 }

  /// The content of a string, the text of a number, or empty. O(1).
  @inlinable public var bytes: UnsafeBufferPointer<UInt8> {
    let node = node
    guard kind == .string || kind == .number else { return UnsafeBufferPointer(start: nil, count: 0) }
    let base = node.unescaped == 0 ? text : strings
    return UnsafeBufferPointer(start: base.map { $0 + Int(node.offset) }, count: Int(node.length))
  }

  /// True for a string whose source text is its content: no escape had to be resolved.
  @inlinable public var isVerbatimString: Bool { node.unescaped == 0 }

  /// An array or object as it stands in the source, given the offset behind its closing bracket. O(1).
  package func source(endingAt end: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text + Int(node.offset), count: end - Int(node.offset))
  }

  /// The string's content, or nil for other kinds. Allocates.
  package var string: String? { kind == .string ? String(decoding: bytes, as: UTF8.self) : nil }

  /// A number's text as sent, or nil for other kinds. Allocates.
  package var numberText: String? { kind == .number ? String(decoding: bytes, as: UTF8.self) : nil }

  @inlinable public var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  @inlinable public var isNull: Bool { kind == .null }

  /// The member of that name, or nil if there is none or this is no object. O(members).
  @inlinable public subscript(key: StaticString) -> JSONValue? {
    key.withUTF8Buffer { member(named: $0) }
  }

  /// The member of that name, or nil if there is none or this is no object. O(members).
  package subscript(key: String) -> JSONValue? {
    var key = key
    return key.withUTF8 { member(named: $0) }
  }

  /// The member of that name, or nil if there is none or this is no object. O(members).
  @inlinable public func member(named name: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    for (key, value) in members where key.bytes.hasSameBytes(as: name) { return value }
    return nil
  }

  /// The members of an object in document order; nothing for other kinds.
  @inlinable public var members: Members { Members(position: kind == .object ? index + 1 : end, value: self, end: end) }

  /// The elements of an array in order; nothing for other kinds.
  @inlinable public var elements: Elements {
    Elements(position: kind == .array ? index + 1 : end, value: self, end: end)
  }

  /// The node behind this value.
  @inlinable var end: Int { Int(node.next) }

  @frozen public struct Members: Sequence, IteratorProtocol {
    @usableFromInline var position: Int
    @usableFromInline let value: JSONValue
    @usableFromInline let end: Int

    @inlinable init(position: Int, value: JSONValue, end: Int) {
      self.position = position
      self.value = value
      self.end = end
    }

    @inlinable public mutating func next() -> (key: JSONValue, value: JSONValue)? {
      guard position < end else { return nil }
      let member = (key: JSONValue(value, at: position), value: JSONValue(value, at: position + 1))
      position = member.value.end
      return member
    }
  }

  @frozen public struct Elements: Sequence, IteratorProtocol {
    @usableFromInline var position: Int
    @usableFromInline let value: JSONValue
    @usableFromInline let end: Int

    @inlinable init(position: Int, value: JSONValue, end: Int) {
      self.position = position
      self.value = value
      self.end = end
    }

    @inlinable public mutating func next() -> JSONValue? {
      guard position < end else { return nil }
      let element = JSONValue(value, at: position)
      position = element.end
      return element
    }
  }
}

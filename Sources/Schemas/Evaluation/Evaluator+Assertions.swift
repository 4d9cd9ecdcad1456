import JSON

/// The keywords that look at the value itself (draft 2020-12, validation section 6).
extension Evaluator {
  mutating func checkEnumeration(names range: TableRange, of node: NodeIndex, _ value: JSONValue) -> Bool {
    let names = source.names.elements
    if value.isString {
      let bytes = value.bytes
      for index in range.indices where names[index].hasSameBytes(as: bytes) { return true }
    }
    return fail(node, "enum", expectedOneOf(range.indices.map { quoted(names[$0]) }, value))
  }

  mutating func checkEnumeration(_ range: TableRange, of node: NodeIndex, _ value: JSONValue) -> Bool {
    let constants = source.constants[range.indices]
    if constants.contains(where: { $0.isEqual(to: value) }) { return true }
    return fail(node, "enum", expectedOneOf(constants.map(excerpt), value))
  }

  mutating func checkConstant(_ index: TableIndex, of node: NodeIndex, _ value: JSONValue) -> Bool {
    let constant = source.constants[Int(index)]
    return constant.isEqual(to: value)
      || fail(node, "const", "expected \(excerpt(of: constant)), found \(described(value))")
  }

  mutating func checkBound(_ bound: Bound, _ index: TableIndex, of node: NodeIndex, _ value: JSONValue) -> Bool {
    let limit = source.numbers.elements[Int(index)]
    if bound.admits(DecimalText(value.bytes), limit) { return true }
    return fail(node, bound.name, "expected \(bound.words) \(limit.text), found \(described(value))")
  }

  mutating func checkMultiple(_ index: TableIndex, of node: NodeIndex, _ value: JSONValue) -> Bool {
    let divisor = source.divisors.elements[Int(index)]
    if divisor.divides(DecimalText(value.bytes)) { return true }
    return fail(node, "multipleOf", "expected a multiple of \(divisor.number.text), found \(described(value))")
  }

  mutating func checkPattern(_ index: TableIndex, of node: NodeIndex, _ value: JSONValue) -> Bool {
    let pattern = source.patterns[Int(index)]
    return pattern.matches(value.bytes)
      || fail(node, "pattern", "expected text matching \(pattern.source), found \(described(value))")
  }

  mutating func checkFormat(_ format: Format, of node: NodeIndex, _ value: JSONValue) -> Bool {
    let context = context
    return format.admits(value, context)
      || fail(node, "format", "expected \(format.words(context)), found \(described(value))")
  }

  @inline(__always)
  mutating func checkSize(_ limit: SizeLimit, _ limitSize: Int32, of node: NodeIndex, _ value: JSONValue) -> Bool {
    let size = Int(limitSize)
    return limit.admits(value, size) || fail(node, limit.name, limit.message(value, size))
  }
}

private func expectedOneOf(_ texts: [String], _ value: JSONValue) -> String {
  let shown = texts.prefix(12).joined(separator: ", ")
  return "expected one of \(shown)\(texts.count > 12 ? ", …" : ""), found \(described(value))"
}

extension Bound {
  var name: String { "\(self)" }

  var words: String {
    switch self {
    case .minimum: "at least"
    case .maximum: "at most"
    case .exclusiveMinimum: "more than"
    case .exclusiveMaximum: "less than"
    }
  }
}

extension SizeLimit {
  var name: String { "\(self)" }

  @inline(__always)
  func admits(_ value: JSONValue, _ size: Int) -> Bool {
    switch self {
    case .minItems: !value.isArray || value.count >= size
    case .maxItems: !value.isArray || value.count <= size
    case .minProperties: !value.isObject || value.count >= size
    case .maxProperties: !value.isObject || value.count <= size
    case .minLength: !value.isString || Self.isLongEnough(value.bytes, size)
    case .maxLength:
      !value.isString || value.bytes.count <= size || Self.scalarCount(value.bytes) <= size
    }
  }

  private static func isLongEnough(_ bytes: UnsafeBufferPointer<UInt8>, _ size: Int) -> Bool {
    // A scalar has at most four bytes, so most texts need no counting.
    bytes.count >= size && (bytes.count / 4 >= size || scalarCount(bytes) >= size)
  }

  /// Every byte but the continuation bytes of UTF-8 begins a scalar.
  private static func scalarCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in bytes { count += byte & 0xC0 == 0x80 ? 0 : 1 }
    return count
  }

  func message(_ value: JSONValue, _ size: Int) -> String {
    let isText = self == .minLength || self == .maxLength
    let isArray = self == .minItems || self == .maxItems
    let isLeast = self == .minLength || self == .minItems || self == .minProperties
    let noun = isText ? "character" : isArray ? "item" : "member"
    let count = isText ? Self.scalarCount(value.bytes) : value.count
    return "expected at \(isLeast ? "least" : "most") \(counted(size, noun)), found \(count)"
  }
}

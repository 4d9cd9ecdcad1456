import JSON

/// The keywords of one schema object, read with their shapes checked.
struct SchemaKeywords {
  let location: SchemaLocation
  private let values: [String: JSONValue]

  init(_ location: SchemaLocation) {
    self.location = location
    var values: [String: JSONValue] = [:]
    for (key, value) in location.value.members { values[key.string ?? ""] = value }
    self.values = values
  }

  subscript(keyword: String) -> JSONValue? { values[keyword] }

  func at(_ keyword: String) -> SchemaLocation {
    location.child(keyword, values[keyword] ?? location.value)
  }

  /// A length or count: an integer from 0, which may be written 2.0.
  func size(_ keyword: String) throws(SchemaCompileError) -> Int? {
    guard let value = values[keyword] else { return nil }
    guard value.kind == .number, let size = Self.size(DecimalText(value.bytes)) else {
      throw at(keyword).error("\(keyword) must be an integer from 0, not \(excerpt(of: value))")
    }
    return size
  }

  private static func size(_ number: DecimalText) -> Int? {
    guard number.isInteger, !number.isNegative || number.isZero else { return nil }
    // No text or array that fits into memory is as long, so the limit itself may be cut.
    guard number.exponent <= 15 else { return 1 << 50 }
    var size = 0
    number.forEachDigit { digit in
      size = size * 10 + Int(digit)
      return true
    }
    for _ in 0..<max(0, number.lastExponent) { size *= 10 }
    return size
  }

  func number(_ keyword: String) throws(SchemaCompileError) -> DecimalText? {
    guard let value = values[keyword] else { return nil }
    guard value.kind == .number else {
      throw at(keyword).error("\(keyword) must be a number, not \(excerpt(of: value))")
    }
    return DecimalText(value.bytes)
  }

  func string(_ keyword: String) throws(SchemaCompileError) -> String? {
    guard let value = values[keyword] else { return nil }
    guard let text = value.string else {
      throw at(keyword).error("\(keyword) must be a string, not \(excerpt(of: value))")
    }
    return text
  }

  func bool(_ keyword: String) throws(SchemaCompileError) -> Bool? {
    guard let value = values[keyword] else { return nil }
    guard let flag = value.bool else {
      throw at(keyword).error("\(keyword) must be true or false, not \(excerpt(of: value))")
    }
    return flag
  }

  func array(_ keyword: String) throws(SchemaCompileError) -> JSONValue? {
    guard let value = values[keyword] else { return nil }
    guard value.kind == .array else {
      throw at(keyword).error("\(keyword) must be an array, not \(excerpt(of: value))")
    }
    return value
  }

  func object(_ keyword: String) throws(SchemaCompileError) -> JSONValue? {
    guard let value = values[keyword] else { return nil }
    guard value.kind == .object else {
      throw at(keyword).error("\(keyword) must be an object, not \(excerpt(of: value))")
    }
    return value
  }

  /// The strings of an array that must hold each at most once.
  func names(
    _ value: JSONValue, at place: SchemaLocation
  ) throws(SchemaCompileError) -> [UnsafeBufferPointer<UInt8>] {
    var names: [UnsafeBufferPointer<UInt8>] = []
    for element in value.elements {
      guard element.kind == .string else {
        throw place.error("only strings may stand here, not \(excerpt(of: element))")
      }
      guard !names.contains(where: { $0.hasSameBytes(as: element.bytes) }) else {
        throw place.error("\(excerpt(of: element)) stands here twice")
      }
      names.append(element.bytes)
    }
    if value.kind != .array { throw place.error("an array of strings must stand here") }
    return names
  }
}

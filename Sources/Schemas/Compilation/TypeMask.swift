import JSON

/// A set of the seven types of the keyword `type`.
struct TypeMask: OptionSet, Sendable {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  static let null = TypeMask(rawValue: 1)
  static let boolean = TypeMask(rawValue: 2)
  static let integer = TypeMask(rawValue: 4)
  static let fraction = TypeMask(rawValue: 8)
  static let string = TypeMask(rawValue: 16)
  static let array = TypeMask(rawValue: 32)
  static let object = TypeMask(rawValue: 64)
  static let number: TypeMask = [.integer, .fraction]

  private static let names: [(name: String, mask: TypeMask)] = [
    ("null", .null), ("boolean", .boolean), ("number", .number), ("integer", .integer), ("string", .string),
    ("array", .array), ("object", .object),
  ]

  /// Nil for a name that is no type.
  init?(name: String) {
    guard let known = Self.names.first(where: { $0.name == name }) else { return nil }
    self = known.mask
  }

  /// "string or integer".
  var text: String {
    let isNumber = isSuperset(of: .number)
    let contained = Self.names.filter { isSuperset(of: $0.mask) && !($0.name == "integer" && isNumber) }
    return contained.map(\.name).joined(separator: " or ")
  }

  /// Whether a value has one of the types. A number without a fraction is an integer, however it is written.
  @inline(__always)
  func contains(_ value: JSONValue) -> Bool {
    switch value.kind {
    case .null: contains(TypeMask.null)
    case .true, .false: contains(TypeMask.boolean)
    case .string: contains(TypeMask.string)
    case .array: contains(TypeMask.array)
    case .object: contains(TypeMask.object)
    case .number: isSuperset(of: .number) || containsNumber(value.bytes)
    }
  }

  private func containsNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !intersection(.number).isEmpty else { return false }
    return contains(Self.isInteger(bytes) ? TypeMask.integer : TypeMask.fraction)
  }

  private static func isInteger(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // Nearly all integers come without point and exponent.
    bytes.allSatisfy { $0 <= UInt8(ascii: "9") && $0 != UInt8(ascii: ".") } || DecimalText(bytes).isInteger
  }
}

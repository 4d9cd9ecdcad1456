import JSON

/// The name of a member. Compared by its bytes, as JSON does; a `String` is equal to others of the same look.
struct MemberName: Hashable {
  let bytes: [UInt8]

  init(_ value: JSONValue) { bytes = Array(value.bytes) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// In quotation marks, for messages.
  var quoted: String { bytes.withUnsafeBufferPointer { Schemas.quoted($0) } }
}

/// A schema by the name that it is for.
typealias NamedReading = (name: MemberName, schema: SchemaReading)

/// A schema of `patternProperties`.
struct PatternReading {
  let source: MemberName
  let pattern: Pattern
  let schema: SchemaReading

  func matches(_ name: MemberName) -> Bool { pattern.matches(name.text) }
}

/// A schema for all members whose name is neither listed nor matched.
struct RestReading {
  let names: Set<MemberName>
  let patterns: [PatternReading]
  let schema: SchemaReading

  func covers(_ name: MemberName) -> Bool {
    !names.contains(name) && !patterns.contains { $0.matches(name) }
  }
}

/// Schemas for the first elements of an array, and one for those behind them.
struct ElementReading {
  let prefix: [SchemaReading]
  /// How many elements come before the rest: those of the prefix, or more that other schemas have looked at.
  let restStart: Int
  let rest: SchemaReading?

  /// What is said about the element at a position.
  func schema(at index: Int) -> SchemaReading? {
    index < prefix.count ? prefix[index] : index >= restStart ? rest : nil
  }
}

/// `contains` with its counts.
struct ContainsReading {
  let schema: SchemaReading
  let countMin: Int
  let countMax: Int
}

/// `if`, `then` and `else`.
struct ConditionReading {
  let condition: SchemaReading
  let consequence: SchemaReading?
  let alternative: SchemaReading?
}

/// A limit of numbers.
struct BoundReading {
  let limit: DecimalText
  let isExclusive: Bool
}

import JSON

/// Alternatives of which one holds.
struct Choice {
  struct Case {
    let holds: [SchemaReading]
    let fails: [SchemaReading]
  }

  let cases: [Case]
}

/// What is known about a value: it obeys some schemas, does not obey others, and has one of some types.
struct Knowledge {
  /// Those it obeys, with what they refer to.
  private(set) var readings: [SchemaReading] = []
  private(set) var refused: [SchemaReading] = []
  /// Alternatives that are still open.
  private(set) var choices: [Choice] = []
  /// The types that were assumed.
  private(set) var limit: TypeMask

  init(_ schemas: [SchemaReading] = [], types: TypeMask = .all) {
    limit = types
    for schema in schemas { insert(schema) }
  }

  /// The same, and another schema is obeyed.
  func and(_ schema: SchemaReading) -> Knowledge {
    var more = self
    more.insert(schema)
    return more
  }

  /// The same, and another schema is not obeyed.
  func butNot(_ schema: SchemaReading) -> Knowledge {
    var more = self
    more.refused.append(schema)
    return more
  }

  private mutating func insert(_ schema: SchemaReading) {
    for reading in schema.flattened where !readings.contains(where: { $0 === reading }) {
      readings.append(reading)
      choices += reading.choices
      if let refusal = reading.one("not") { refused.append(refusal) }
    }
  }

  var types: TypeMask { readings.reduce(limit) { $0.intersection($1.ownTypes) } }

  /// The first open choice taken each way; nil where none is open.
  var cases: [Knowledge]? {
    guard let choice = choices.first else { return nil }
    return choice.cases.map { taken in
      var known = self
      known.choices.removeFirst()
      for schema in taken.holds { known.insert(schema) }
      known.refused += taken.fails
      return known
    }
  }

  /// One for each type that the value may have.
  var casesByType: [Knowledge] {
    let types = types
    return (0..<7).map { TypeMask(rawValue: 1 << $0) }.filter { types.contains($0) }.map { type in
      var known = self
      known.limit = type
      return known
    }
  }

  /// The only values that are possible; nil where there is no list of them. They may break other rules that are known.
  var values: [JSONValue]? {
    for reading in readings { if let values = reading.values { return values } }
    return types.isSubset(of: [.null, .boolean]) ? types.constants : nil
  }
}

extension TypeMask {
  static let all = TypeMask(rawValue: 127)

  /// The type of a value.
  init(of value: JSONValue) {
    switch value.kind {
    case .null: self = .null
    case .true, .false: self = .boolean
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    case .number: self = DecimalText(value.bytes).isInteger ? .integer : .fraction
    }
  }

  /// The values of the types that have only a few.
  var constants: [JSONValue] { Constants.shared.root.elements.filter { contains(TypeMask(of: $0)) } }

  private enum Constants {
    static let shared: SchemaDocument = {
      do {
        return try SchemaDocument("[null,false,true]".utf8)
      } catch {
        fatalError("a constant is not JSON: \(error)")
      }
    }()
  }
}

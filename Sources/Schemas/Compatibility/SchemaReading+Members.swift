import JSON

/// What a schema says about members and elements.
extension SchemaReading {
  var contains: ContainsReading? {
    one("contains").map { schema in
      certainly { () throws(SchemaCompileError) in
        ContainsReading(
          schema: schema, countMin: try keywords.size("minContains") ?? 1,
          countMax: try keywords.size("maxContains") ?? .max)
      }
    }
  }

  var condition: ConditionReading? {
    one("if").map { ConditionReading(condition: $0, consequence: one("then"), alternative: one("else")) }
  }

  /// `dependentRequired`: names, each with those it requires.
  var dependentNames: [(name: MemberName, required: [MemberName])] {
    keywords["dependentRequired"].map { $0.members.map { (MemberName($0), $1.elements.map { MemberName($0) }) } } ?? []
  }

  /// `unevaluatedProperties` and `unevaluatedItems` that depend on which alternative was taken.
  var unevaluatedBeyondProof: [String] {
    var names: [String] = []
    if let rest = one("unevaluatedProperties"), !rest.isAlways, !isSimple { names.append("unevaluatedProperties") }
    if let rest = one("unevaluatedItems"), !rest.isAlways, !isSimple { names.append("unevaluatedItems") }
    return names
  }

  /// Whether what this schema looks at follows from the names and positions it mentions alone.
  var isSimple: Bool {
    flattened.allSatisfy { reading in
      let nested = reading === self ? [] : ["unevaluatedProperties", "unevaluatedItems"]
      return (["anyOf", "oneOf", "if", "dependentSchemas", "contains"] + nested).allSatisfy {
        reading.keywords[$0] == nil
      }
    }
  }

  func readPatterns() -> [PatternReading] {
    named("patternProperties").map { source, schema in
      PatternReading(source: source, pattern: Self.pattern(source.text), schema: schema)
    }
  }

  private static func pattern(_ source: String) -> Pattern {
    do {
      return try Pattern(source)
    } catch {
      fatalError("a schema that compiled is malformed: \(error)")
    }
  }

  func readRests() -> [RestReading] {
    var rests: [RestReading] = []
    if let schema = one("additionalProperties") {
      rests.append(RestReading(names: Set(properties.map(\.name)), patterns: patterns, schema: schema))
    }
    // Where additionalProperties stands anywhere near, every member is looked at.
    guard let schema = one("unevaluatedProperties"), isSimple,
      flattened.allSatisfy({ $0.keywords["additionalProperties"] == nil })
    else { return rests }
    let names = Set(flattened.flatMap { $0.properties.map(\.name) })
    rests.append(RestReading(names: names, patterns: flattened.flatMap(\.patterns), schema: schema))
    return rests
  }

  func readElements() -> [ElementReading] {
    let prefix = list("prefixItems")
    var rules: [ElementReading] = []
    let rest = one("items")
    if !prefix.isEmpty || rest != nil {
      rules.append(ElementReading(prefix: prefix, restStart: prefix.count, rest: rest))
    }
    guard let schema = one("unevaluatedItems"), isSimple, flattened.allSatisfy({ $0.keywords["items"] == nil }) else {
      return rules
    }
    let start = flattened.map { $0.keywords["prefixItems"]?.count ?? 0 }.max() ?? 0
    rules.append(ElementReading(prefix: [], restStart: start, rest: schema))
    return rules
  }
}

import JSON

/// The applicator and unevaluated vocabularies (draft 2020-12, core sections 10 and 11), without object members.
extension SchemaCompiler {
  func arrayApplicators(
    _ schema: SchemaKeywords, _ vocabularies: Vocabularies
  ) throws(SchemaCompileError) -> [Keyword] {
    var keywords: [Keyword] = []
    let prefix = try subschemaList("prefixItems", schema)
    let rest = try subschema("items", schema)
    if prefix != nil || rest != nil {
      let rule = ElementRule(prefix: prefix ?? TableRange(start: 0, end: 0), rest: rest)
      keywords.append(.elements(append(rule, to: \.elementRules)))
    }
    if let node = try subschema("contains", schema) {
      let counts = vocabularies.contains(.validation)
      let least = counts ? try schema.size("minContains") : nil
      let most = counts ? try schema.size("maxContains") : nil
      let rule = ContainsRule(node: node, countMin: least ?? 1, countMax: most ?? .max)
      keywords.append(.contains(append(rule, to: \.containsRules)))
    }
    return keywords
  }

  func inPlaceApplicators(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [Keyword] {
    var keywords: [Keyword] = []
    if let nodes = try subschemaList("allOf", schema) { keywords.append(.all(nodes)) }
    if let nodes = try subschemaList("anyOf", schema) { keywords.append(.any(nodes)) }
    if let nodes = try subschemaList("oneOf", schema) { keywords.append(.one(nodes)) }
    if let node = try subschema("not", schema) { keywords.append(.not(node)) }
    if let condition = try subschema("if", schema) {
      let consequence = try subschema("then", schema)
      let alternative = try subschema("else", schema)
      let rule = ConditionRule(condition: condition, consequence: consequence, alternative: alternative)
      keywords.append(.condition(append(rule, to: \.conditions)))
    }
    return keywords + (try dependentSchemas(schema))
  }

  private func dependentSchemas(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [Keyword] {
    let entries = try namedSubschemas("dependentSchemas", schema).map { name, node in
      DependencyEntry(name: name.bytes, node: node)
    }
    return entries.isEmpty ? [] : [.dependentSchemas(append(entries, to: \.dependencies))]
  }

  func unevaluated(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [Keyword] {
    var keywords: [Keyword] = []
    if let node = try subschema("unevaluatedProperties", schema) { keywords.append(.unevaluatedMembers(node)) }
    if let node = try subschema("unevaluatedItems", schema) { keywords.append(.unevaluatedElements(node)) }
    if !keywords.isEmpty { tables.looksAtAnnotations = true }
    return keywords
  }
}

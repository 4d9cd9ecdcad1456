import JSON

/// One schema object or boolean: its keywords, read when they are asked for. The schema must have compiled.
final class SchemaReading {
  /// Keeps this object, so it outlives it.
  unowned let schema: ComparedSchema
  let location: SchemaLocation
  let keywords: SchemaKeywords

  init(_ schema: ComparedSchema, _ location: SchemaLocation) {
    self.schema = schema
    self.location = location
    keywords = SchemaKeywords(location)
  }

  /// The schema `false`.
  var isNever: Bool { location.value.kind == .false }

  /// Whether nothing is asked of any value.
  lazy var isAlways: Bool =
    !isNever && location.value.members.allSatisfy { key, _ in !ConstrainingKeywords.contains(key.string ?? "") }

  /// Without `if`, what stands under `then` and `else` means nothing, and was not compiled.
  func one(_ keyword: String) -> SchemaReading? {
    if ["then", "else"].contains(keyword), keywords["if"] == nil { return nil }
    return keywords[keyword].map { schema.child(location, keyword, $0) }
  }

  func list(_ keyword: String) -> [SchemaReading] {
    guard let values = keywords[keyword] else { return [] }
    return values.elements.enumerated().map { schema.child(keywords.at(keyword), String($0), $1) }
  }

  func named(_ keyword: String) -> [NamedReading] {
    guard let values = keywords[keyword] else { return [] }
    return values.members.map { name, value in
      (MemberName(name), schema.child(keywords.at(keyword), name.string ?? "", value))
    }
  }

  /// Where `$ref` leads.
  lazy var reference: SchemaReading? = keywords["$ref"]?.string.map { text in
    schema.target(of: text, at: keywords.at("$ref"))
  }

  /// The schemas that hold for the same value in any case.
  lazy var conjuncts: [SchemaReading] = list("allOf") + (reference.map { [$0] } ?? [])

  /// This schema, and those that hold for the same value with it.
  lazy var flattened: [SchemaReading] = [self] + conjuncts.flatMap(\.flattened)

  func size(_ limit: SizeLimit) -> Int? {
    certainly { () throws(SchemaCompileError) in try keywords.size(limit.name) }
  }

  func number(_ keyword: String) -> DecimalText? {
    certainly { () throws(SchemaCompileError) in try keywords.number(keyword) }
  }

  lazy var divisor: DecimalDivisor? = number("multipleOf").flatMap { DecimalDivisor($0) }

  /// The values of `enum` or `const`; nil without either.
  lazy var values: [JSONValue]? = keywords["const"].map { [$0] } ?? keywords["enum"].map { Array($0.elements) }

  lazy var isUnique: Bool = keywords["uniqueItems"]?.bool == true

  /// What the keyword `type` allows.
  lazy var typeKeyword: TypeMask = {
    guard let value = keywords["type"] else { return .all }
    let names = value.string.map { [$0] } ?? value.elements.compactMap(\.string)
    return names.reduce(into: []) { $0.formUnion(TypeMask(name: $1) ?? []) }
  }()

  lazy var properties: [NamedReading] = named("properties")
  lazy var patterns: [PatternReading] = readPatterns()
  lazy var required: [MemberName] = keywords["required"]?.elements.map { MemberName($0) } ?? []
  /// `additionalProperties`, and `unevaluatedProperties` where that is as simple.
  lazy var rests: [RestReading] = readRests()
  /// `prefixItems` with `items`, and `unevaluatedItems` where that is as simple.
  lazy var elements: [ElementReading] = readElements()
  /// What `anyOf`, `oneOf` and `if` leave open.
  lazy var choices: [Choice] = readChoices()
  /// The types that the schema's own keywords leave, without those of `$ref` and `allOf`.
  lazy var ownTypes: TypeMask = readOwnTypes()
}

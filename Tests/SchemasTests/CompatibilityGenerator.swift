/// A JSON value that can be taken apart and put together.
indirect enum JSONTree {
  case raw(String)
  case list([JSONTree])
  case object([(name: String, value: JSONTree)])

  var text: String {
    switch self {
    case .raw(let text): text
    case .list(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .object(let members): "{" + members.map { "\"\($0.name)\":\($0.value.text)" }.joined(separator: ",") + "}"
    }
  }
}

/// Small random schemas, variants of them, and documents, all of so few names and values that they often meet.
struct CompatibilityGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let names = ["a", "b", "ab"]
  private static let scalars = ["null", "true", "0", "1", "1.5", "-2", "4", "\"\"", "\"a\"", "\"ab\"", "\"b@c\""]
  private static let types = ["null", "boolean", "integer", "number", "string", "array", "object"]

  mutating func isChance(oneIn count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  private mutating func pick(_ values: [String]) -> String {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func some(_ values: [String], atLeast least: Int = 1) -> [String] {
    Array(values.shuffled(using: &random).prefix(Int.random(in: least...max(least, 2), using: &random)))
  }

  /// A whole schema, with definitions that it may refer to.
  mutating func root() -> JSONTree {
    guard case .object(let members) = schema(depth: 3) else { return .object([]) }
    let definitions = JSONTree.object([("x", schema(depth: 2)), ("y", schema(depth: 1))])
    return .object(members + [("$defs", definitions)])
  }

  mutating func document(depth: Int = 3) -> JSONTree {
    switch Int.random(in: 0..<(depth > 0 ? 4 : 2), using: &random) {
    case 0, 1: .raw(pick(Self.scalars))
    case 2: .list((0..<Int.random(in: 0...3, using: &random)).map { _ in document(depth: depth - 1) })
    default:
      .object(
        some(Self.names + ["c"], atLeast: 0).map { ($0, document(depth: depth - 1)) })
    }
  }

  private mutating func schema(depth: Int) -> JSONTree {
    if isChance(oneIn: 9) { return .raw(isChance(oneIn: 2) ? "true" : "false") }
    var keywords: [(name: String, value: JSONTree)] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) { add(keyword(depth: depth), to: &keywords) }
    return .object(keywords)
  }

  private func add(
    _ found: [(name: String, value: JSONTree)], to keywords: inout [(name: String, value: JSONTree)]
  ) {
    for (name, value) in found where !keywords.contains(where: { $0.name == name }) { keywords.append((name, value)) }
  }

  private mutating func keyword(depth: Int) -> [(name: String, value: JSONTree)] {
    depth > 0 && isChance(oneIn: 2) ? applicator(depth: depth - 1) : assertion()
  }

  private mutating func assertion() -> [(name: String, value: JSONTree)] {
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1, 2: [("type", .list(some(Self.types).map { .raw("\"\($0)\"") }))]
    case 3: [("enum", .list((0..<3).map { _ in document(depth: 1) }))]
    case 4: [("const", document(depth: 1))]
    case 5: [(pick(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]), .raw(pick(["0", "1", "1.5"])))]
    case 6: [("multipleOf", .raw(pick(["0.5", "1", "2", "3"])))]
    case 7: [(pick(["minLength", "maxLength", "minItems", "maxItems"]), .raw(pick(["0", "1", "2"])))]
    case 8: [(pick(["minProperties", "maxProperties"]), .raw(pick(["0", "1", "2"])))]
    case 9: text()
    case 10: [("required", names())]
    default: [("dependentRequired", .object([(pick(Self.names), names())]))]
    }
  }

  private mutating func text() -> [(name: String, value: JSONTree)] {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: [("pattern", .raw(pick(["\"^a\"", "\"b\""])))]
    case 1: [("format", .raw(pick(["\"email\"", "\"money\"", "\"price\""])))]
    default: [("uniqueItems", .raw("true"))]
    }
  }

  private mutating func names() -> JSONTree { .list(some(Self.names).map { .raw("\"\($0)\"") }) }

  private mutating func applicator(depth: Int) -> [(name: String, value: JSONTree)] {
    switch Int.random(in: 0..<14, using: &random) {
    case 0, 1: [("properties", .object(some(Self.names).map { ($0, schema(depth: depth)) }))]
    case 2: [("additionalProperties", schema(depth: depth))]
    case 3: [("patternProperties", .object([(pick(["^a", "b"]), schema(depth: depth))]))]
    case 4: [("propertyNames", schema(depth: 0))]
    case 5: [("items", schema(depth: depth))]
    case 6: [("prefixItems", schemas(depth))]
    case 7:
      [("contains", schema(depth: depth)), (pick(["minContains", "maxContains"]), .raw(pick(["0", "1", "2"])))]
    case 8: [(pick(["allOf", "anyOf"]), schemas(depth))]
    case 9: [(pick(["anyOf", "oneOf"]), schemas(depth))]
    case 10: [("not", schema(depth: depth))]
    case 11: [("if", schema(depth: depth)), ("then", schema(depth: depth)), ("else", schema(depth: depth))]
    case 12: [(pick(["unevaluatedProperties", "unevaluatedItems"]), schema(depth: 0))]
    default:
      isChance(oneIn: 3)
        ? [("dependentSchemas", .object([(pick(Self.names), schema(depth: depth))]))]
        : [("$ref", .raw(pick(["\"#/$defs/x\"", "\"#/$defs/y\"", "\"#\""])))]
    }
  }

  private mutating func schemas(_ depth: Int) -> JSONTree {
    .list((0..<Int.random(in: 1...3, using: &random)).map { _ in schema(depth: depth) })
  }

  /// The same with a few changes: something left out, put in, or made anew.
  mutating func variant(of tree: JSONTree, depth: Int = 3) -> JSONTree {
    switch tree {
    case .raw: return isChance(oneIn: 8) ? schema(depth: depth) : tree
    case .list(let elements): return .list(elements.map { variantOfSchema($0, depth) })
    case .object(var members):
      for index in members.indices { members[index].value = variant(members[index], depth) }
      if members.count > 1, isChance(oneIn: 6) { members.remove(at: members.count - 1) }
      if isChance(oneIn: 8) { add(keyword(depth: depth), to: &members) }
      return .object(members)
    }
  }

  private mutating func variantOfSchema(_ tree: JSONTree, _ depth: Int) -> JSONTree {
    if case .raw(let text) = tree, text != "true", text != "false" { return tree }
    return variant(of: tree, depth: depth - 1)
  }

  private mutating func variant(_ member: (name: String, value: JSONTree), _ depth: Int) -> JSONTree {
    switch member.name {
    case "properties", "patternProperties", "dependentSchemas", "$defs":
      guard case .object(let members) = member.value else { return member.value }
      return .object(members.map { ($0.name, variantOfSchema($0.value, depth)) })
    case "allOf", "anyOf", "oneOf", "prefixItems", "not", "if", "then", "else", "items", "contains",
      "additionalProperties", "propertyNames", "unevaluatedProperties", "unevaluatedItems":
      return variantOfSchema(member.value, depth)
    default: return isChance(oneIn: 8) ? assertionLike(member) : member.value
    }
  }

  /// Another value for the same keyword.
  private mutating func assertionLike(_ member: (name: String, value: JSONTree)) -> JSONTree {
    for _ in 0..<40 {
      if let found = assertion().first(where: { $0.name == member.name }) { return found.value }
    }
    return member.value
  }
}

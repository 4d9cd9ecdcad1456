import Schemas
import Testing

/// Compares two schemas that are given without the braces around them.
private func changes(_ old: String, _ new: String) throws -> [SchemaChange] {
  try SchemaCatalogue.builtIn.comparison(
    from: SchemaText(name: "old", text: "{\(old)}"), to: SchemaText(name: "new", text: "{\(new)}")
  ).changes
}

/// The pointers of the changes of one kind.
private func pointers(_ kind: SchemaChange.Kind, _ old: String, _ new: String) throws -> [String] {
  try changes(old, new).filter { $0.kind == kind }.map(\.pointer)
}

private func isCompatible(_ old: String, _ new: String) throws -> Bool {
  try !changes(old, new).contains { $0.kind != .compatible }
}

@Suite("Two versions of a schema are compared")
struct CompatibilityTests {
  /// Each is compatible from left to right, and breaks at the pointer from right to left.
  static let widenings: [(narrow: String, wide: String, pointer: String)] = [
    (#""required":["a"]"#, "", "/required/0"),
    (#""type":"integer""#, #""type":"number""#, "/type"),
    (#""type":"string""#, #""type":["string","null"]"#, "/type"),
    (#""enum":["a"]"#, #""enum":["a","b"]"#, "/enum"),
    (#""const":"a""#, #""enum":["a",1]"#, "/const"),
    (#""enum":["a"]"#, #""type":"string""#, "/enum"),
    (#""minimum":2"#, #""minimum":1.5"#, "/minimum"),
    (#""exclusiveMinimum":1"#, #""minimum":1"#, "/exclusiveMinimum"),
    (#""maximum":1e2"#, #""maximum":1e3"#, "/maximum"),
    (#""exclusiveMaximum":5"#, #""maximum":5"#, "/exclusiveMaximum"),
    (#""multipleOf":4"#, #""multipleOf":2"#, "/multipleOf"),
    (#""minLength":3"#, #""minLength":2"#, "/minLength"),
    (#""maxLength":2"#, #""maxLength":3"#, "/maxLength"),
    (#""pattern":"^a""#, "", "/pattern"),
    (#""format":"email""#, "", "/format"),
    (#""minItems":1"#, "", "/minItems"),
    (#""maxItems":1"#, #""maxItems":2"#, "/maxItems"),
    (#""uniqueItems":true"#, "", "/uniqueItems"),
    (#""minProperties":2"#, #""minProperties":1"#, "/minProperties"),
    (#""maxProperties":2"#, #""maxProperties":3"#, "/maxProperties"),
    (#""items":{"type":"string"}"#, #""items":{"type":["string","null"]}"#, "/items/type"),
    (#""items":{"type":"string"}"#, "", "/items/type"),
    (#""prefixItems":[{"type":"null"},true]"#, #""prefixItems":[true]"#, "/prefixItems/0/type"),
    (#""contains":{"const":1}"#, #""contains":{"type":"integer"}"#, "/contains"),
    (#""contains":true,"maxContains":1"#, #""contains":true,"maxContains":2"#, "/maxContains"),
    (#""additionalProperties":false"#, #""additionalProperties":{"type":"null"}"#, "/additionalProperties"),
    (#""patternProperties":{"^a":{"type":"null"}}"#, "", "/patternProperties/^a/type"),
    (#""propertyNames":{"maxLength":3}"#, #""propertyNames":{"maxLength":4}"#, "/propertyNames/maxLength"),
    (
      #""properties":{"a":{},"b":{}},"unevaluatedProperties":false"#, #""properties":{"a":{},"b":{}}"#,
      "/unevaluatedProperties"
    ),
    (#""dependentRequired":{"a":["b"]}"#, "", "/dependentRequired/a"),
    (#""dependentSchemas":{"a":{"required":["b"]}}"#, "", "/dependentSchemas/a/required/0"),
    (#""allOf":[{"minLength":3}]"#, #""minLength":2"#, "/allOf/0/minLength"),
    (#""anyOf":[{"type":"string"}]"#, #""anyOf":[{"type":"string"},{"type":"null"}]"#, "/anyOf/0/type"),
    (#""oneOf":[{"const":1}]"#, #""oneOf":[{"const":1},{"const":2}]"#, "/oneOf/0/const"),
    (#""not":{"type":["string","null"]}"#, #""not":{"type":"null"}"#, "/not"),
    (#""if":{"required":["a"]},"then":{"required":["b"]}"#, "", "/then/required/0"),
    (#""$ref":"urn:hoso:schema:common#/$defs/key""#, #""type":["string","integer"]"#, "/$ref"),
    (
      ##""$defs":{"a":{"maxLength":1}},"$ref":"#/$defs/a""##, ##""$defs":{"a":{"maxLength":2}},"$ref":"#/$defs/a""##,
      "/$defs/a/maxLength"
    ),
    (
      #""properties":{"a":{"properties":{"a/b":{"type":"null"}}}}"#, #""properties":{"a":{"properties":{"a/b":{}}}}"#,
      "/properties/a/properties/a~1b/type"
    ),
  ]

  @Test("What asks less is compatible; what asks more breaks, at the place where it does", arguments: widenings)
  func widening(_ pair: (narrow: String, wide: String, pointer: String)) throws {
    let (loosened, tightened) = (try changes(pair.narrow, pair.wide), try changes(pair.wide, pair.narrow))
    #expect(loosened.allSatisfy { $0.kind == .compatible }, "\(loosened)")
    #expect(tightened.contains { $0.kind == .breaking && $0.pointer == pair.pointer }, "\(tightened)")
  }

  @Test(
    "What says the same in other words is compatible both ways",
    arguments: [
      (#""enum":["a","b"]"#, #""type":"string","enum":["b","a"],"minLength":1"#),
      (#""type":["string","null"]"#, #""anyOf":[{"type":"null"},{"type":"string"}]"#),
      (#""oneOf":[{"type":"null"},{"type":"string"}]"#, #""anyOf":[{"type":"null"},{"type":"string"}]"#),
      (#""type":"integer""#, #""type":"number","multipleOf":1"#),
      (#""type":"boolean""#, #""enum":[true,false]"#),
      (##""$ref":"#/$defs/a","$defs":{"a":{"type":"null"}}"##, #""type":"null""#),
      (#""allOf":[{"required":["a"]},{"required":["b"]}]"#, #""required":["b","a"]"#),
      (#""type":"string""#, #""type":"string","minimum":5,"required":["a"],"items":false"#),
      (#""const":1.0"#, #""enum":[10e-1]"#),
      (#""additionalProperties":false,"properties":{"a":{}}"#, #""unevaluatedProperties":false,"properties":{"a":{}}"#),
      (
        #""if":{"type":"string"},"then":{"minLength":1},"else":{"type":"null"}"#,
        #""anyOf":[{"type":"string","minLength":1},{"type":"null"}]"#
      ),
    ])
  func rewording(_ pair: (String, String)) throws {
    for found in [try changes(pair.0, pair.1), try changes(pair.1, pair.0)] {
      #expect(found.allSatisfy { $0.kind == .compatible }, "\(found)")
    }
  }

  @Test("A field that is named for the first time calls for care, and where it is required it breaks")
  func newField() throws {
    let old = #""type":"object","properties":{"a":{"type":"string"}}"#
    let new = #""type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}"#
    #expect(try pointers(.careful, old, new) == ["/properties/b"])
    #expect(try pointers(.breaking, old, new) == [])
    #expect(try pointers(.breaking, old, new + #","required":["b"]"#) == ["/required/0"])
  }

  @Test("What stands under then and else means nothing without if, be it as wrong as can be")
  func conditionWithoutIf() throws {
    let odd = ##""then":{"$ref":"#/nowhere"},"else":5"##
    #expect(try changes(odd, odd) == [])
    #expect(try isCompatible("", odd) && isCompatible(odd, ""))
    #expect(try pointers(.careful, odd, odd + #","properties":{"a":{"type":"null"}}"#) == ["/properties/a"])
  }

  @Test("A field that was named, required or allowed before is not new")
  func knownField() throws {
    let new = #""properties":{"b":{"type":"string"}}"#
    for old in [
      #""properties":{"b":{}}"#, #""required":["b"]"#, #""patternProperties":{"^b":{"minLength":1}}"#,
      #""additionalProperties":{"type":["string","null"]}"#, #""anyOf":[{"properties":{"b":{}}},{}]"#,
      #""dependentRequired":{"b":["a"]}"#,
    ] {
      #expect(try pointers(.breaking, old, new) == ["/properties/b/type"], "\(old)")
    }
    #expect(try isCompatible(#""additionalProperties":false"#, new))
  }

  @Test("A field that is new where something is refused breaks")
  func newFieldInRefusal() throws {
    let wide = #""not":{"properties":{"a":{"const":1},"b":{"const":1}}}"#
    #expect(try pointers(.breaking, wide, #""not":{"properties":{"a":{"const":1}}}"#).contains("/not"))
  }

  @Test("A field that is gone may carry anything, unless nothing else is allowed")
  func goneField() throws {
    let (old, new) = (#""properties":{"a":{"type":"null"},"b":{}}"#, #""properties":{"b":{}}"#)
    #expect(
      try changes(old, new) == [SchemaChange.compatible("/properties/a", .old, "\"a\" is gone")])
    let closed = #","additionalProperties":false"#
    #expect(
      try changes(old + closed, new + closed).first?.description
        == #"breaking: /properties/a: "a" is no longer named, and what is not named is not allowed"#)
  }

  @Test("Names that only look alike are different fields")
  func lookAlikes() throws {
    let (old, new) = (#""properties":{"\#u{E9}":{"type":"null"}}"#, #""properties":{"e\#u{301}":{"type":"null"}}"#)
    #expect(try changes(old, new).map(\.kind) == [.careful, .compatible])
  }

  @Test("Titles, descriptions, examples and defaults are told and break nothing")
  func annotations() throws {
    let old = #""title":"A","description":"a","examples":[1],"$comment":"x","properties":{"a":{"default":1}}"#
    let new = #""title":"B","description":"b","deprecated":true,"properties":{"a":{"default":2}}"#
    let found = try changes(old, new)
    #expect(found.allSatisfy { $0.kind == .compatible })
    #expect(
      Set(found.map(\.pointer)) == [
        "/title", "/description", "/examples", "/$comment", "/deprecated", "/properties/a/default",
      ])
  }

  @Test("Schemas that refer to themselves are compared to their depths")
  func recursion() throws {
    func tree(_ rest: String) -> String {
      ##""type":"object","properties":{"value":{\##(rest)},"children":{"type":"array","items":{"$ref":"#"}}}"##
    }
    #expect(try isCompatible(tree(#""type":"integer""#), tree(#""type":"number""#)))
    #expect(
      try pointers(.breaking, tree(#""type":"number""#), tree(#""type":"integer""#)) == ["/properties/value/type"])
  }

  @Test("Each of several alternatives is followed by itself")
  func alternatives() throws {
    let old = #""oneOf":[{"properties":{"k":{"const":"a"}},"required":["k"]},{"type":"null"}]"#
    let new =
      #""oneOf":[{"properties":{"k":{"const":"a"}},"required":["k"]},{"properties":{"k":{"const":"b"}},"required":["k"],"type":"object"},{"type":"null"}]"#
    #expect(try isCompatible(old, old))
    #expect(
      try isCompatible(
        old.replacing(#"["k"]}"#, #"["k"],"type":"object"}"#), new.replacing(#"["k"]}"#, #"["k"],"type":"object"}"#)))
    let overlapping = #""oneOf":[{"type":"string"},{"minLength":1}]"#
    #expect(try pointers(.breaking, #""type":"string""#, overlapping) == ["/oneOf"])
  }

  @Test("What cannot be proved breaks, and says that it cannot be proved")
  func unproved() throws {
    for (old, new) in [
      (#""pattern":"^ab""#, #""pattern":"^a""#), (#""format":"money""#, #""format":"price""#),
      (##""$dynamicRef":"#a","$defs":{"a":{"$dynamicAnchor":"a"}}"##, #""$defs":{"a":{"$dynamicAnchor":"a"}}"#),
      (
        #""anyOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false"#,
        #""anyOf":[{"properties":{"a":{},"b":{}}}],"unevaluatedProperties":false"#
      ),
    ] {
      let breaking = try changes(old, new).filter { $0.kind == .breaking }
      #expect(breaking.contains { $0.what.contains("cannot be proved") }, "\(old): \(breaking)")
    }
  }

  @Test("A schema so full of alternatives that following them all would take too long breaks")
  func tooManyAlternatives() throws {
    func schema(_ most: Int) -> String {
      let parts = (0..<24).map { part in
        #"{"anyOf":[{"properties":{"a\#(part)":{"maxLength":\#(most)}}},{"properties":{"b\#(part)":{"maxLength":\#(most)}}}]}"#
      }
      return #""allOf":[\#(parts.joined(separator: ","))]"#
    }
    #expect(try !changes(schema(2), schema(1)).allSatisfy { $0.kind != .breaking })
  }

  @Test("A difference in what is shared is told at the reference that leads to it")
  func shared() throws {
    let (text, key) = (#""$ref":"urn:hoso:schema:common#/$defs/text""#, #""$ref":"urn:hoso:schema:common#/$defs/key""#)
    let found = try changes(#""properties":{"a":{\#(text)}}"#, #""properties":{"a":{\#(key)}}"#)
    #expect(Set(found.map(\.pointer)) == ["/properties/a/$ref"])
    #expect(
      found.contains { $0.what == "maxLength is 200, was 10000 (in urn:hoso:schema:common#/$defs/key/maxLength)" })
  }

  @Test("A schema that does not compile is named, with the place")
  func mistakes() throws {
    let error = #expect(throws: SchemaFileError.self) {
      try changes("", #""properties":{"a":{"$ref":"urn:nowhere"}}"#)
    }
    #expect(error?.file == "new" && error?.pointer == "/properties/a/$ref")
  }

  @Test("No built-in type differs from itself, and none can refuse a field that it did not name")
  func builtIns() throws {
    let catalogue = SchemaCatalogue.builtIn
    for entry in catalogue.list {
      let text = try #require(catalogue.text(type: entry.type, version: entry.version))
      let same = SchemaText(name: "same", text: text)
      #expect(try catalogue.comparison(from: same, to: same).changes == [], "\(entry.type)")
      guard text.contains("\"properties\": {") else { continue }
      let strict = SchemaText(
        name: "strict", text: text.replacing("\"properties\": {", "\"properties\": {\"x\": false, "))
      #expect(try !catalogue.comparison(from: same, to: strict).isCompatible, "\(entry.type)")
    }
  }
}

extension SchemaChange {
  fileprivate static func compatible(_ pointer: String, _ side: Side, _ what: String) -> SchemaChange {
    SchemaChange(kind: .compatible, pointer: pointer, side: side, what: what)
  }
}

extension String {
  /// With every occurrence of a text replaced.
  fileprivate func replacing(_ text: String, _ other: String) -> String {
    split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
  }
}

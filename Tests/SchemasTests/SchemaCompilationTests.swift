import JSON
import Schemas
import Testing

@Suite struct SchemaCompilationTests {
  @Test(
    "A malformed keyword is refused with the place and the reason",
    arguments: [
      ("1", "", "a schema is an object or a boolean, not 1"),
      (#"{"type":"text"}"#, "/type", #"there is no type "text""#),
      (#"{"type":[]}"#, "/type", "type must name at least one type"),
      (#"{"type":["string","string"]}"#, "/type", #""string" stands here twice"#),
      (#"{"minLength":-1}"#, "/minLength", "minLength must be an integer from 0, not -1"),
      (#"{"maxItems":1.5}"#, "/maxItems", "maxItems must be an integer from 0, not 1.5"),
      (#"{"minimum":"1"}"#, "/minimum", #"minimum must be a number, not "1""#),
      (#"{"multipleOf":0}"#, "/multipleOf", "multipleOf must be above zero and have at most 18 digits"),
      (#"{"uniqueItems":1}"#, "/uniqueItems", "uniqueItems must be true or false, not 1"),
      (#"{"enum":1}"#, "/enum", "enum must be an array, not 1"),
      (#"{"properties":[]}"#, "/properties", "properties must be an object, not []"),
      (#"{"properties":{"a/b":3}}"#, "/properties/a~1b", "a schema is an object or a boolean, not 3"),
      (#"{"required":["a",1]}"#, "/required", "only strings may stand here, not 1"),
      (#"{"allOf":[]}"#, "/allOf", "allOf must hold at least one schema"),
      (#"{"items":{"anyOf":[true,[]]}}"#, "/items/anyOf/1", "a schema is an object or a boolean, not []"),
      (#"{"$defs":{"unused":{"type":1}}}"#, "/$defs/unused/type", "an array of strings must stand here"),
      (##"{"$ref":"#/$defs/a"}"##, "/$ref", ##""#/$defs/a" leads nowhere: urn:test has no "/$defs/a""##),
      (##"{"$ref":"#a"}"##, "/$ref", ##""#a" leads nowhere: urn:test has no "a""##),
      (##"{"$ref":"#%zz"}"##, "/$ref", ##""#%zz" has a malformed percent-escape"##),
      (#"{"$ref":"urn:x#/a"}"#, "/$ref", #""urn:x#/a" refers to urn:x, which is not registered"#),
      (
        #"{"$schema":"http://json-schema.org/draft-07/schema#"}"#, "/$schema",
        "http://json-schema.org/draft-07/schema# is not supported; leave $schema out or say "
          + "https://json-schema.org/draft/2020-12/schema"
      ),
      (#"{"$anchor":"1a"}"#, "/$anchor", "$anchor must be a name of letters, digits, '-', '_' and '.'"),
      (##"{"$id":"#a"}"##, "/$id", "$id must not have a fragment"),
      (
        #"{"format":"curency"}"#, "/format",
        #"the format "curency" is not known; known are date-time, date, time, email, uri, uuid, ipv4, "#
          + "money, price, currency"
      ),
      (#"{"pattern":"("}"#, "/pattern", "the pattern ( cannot be used: a group is not closed"),
      (
        #"{"patternProperties":{"a**":true}}"#, "/patternProperties/a**",
        #"the pattern a** cannot be used: "*" has nothing to repeat"#
      ),
    ])
  func refusals(schema: String, pointer: String, reason: String) {
    let error = #expect(throws: SchemaCompileError.self) { try compiled(schema) }
    #expect(error?.pointer == pointer)
    #expect(error?.reason == reason)
  }

  @Test(
    "A schema that leads back to itself for the same value is refused",
    arguments: [
      ##"{"$ref":"#"}"##,
      ##"{"allOf":[{"$ref":"#"}]}"##,
      ##"{"$defs":{"a":{"not":{"$ref":"#/$defs/b"}},"b":{"if":{"$ref":"#/$defs/a"}}},"$ref":"#/$defs/a"}"##,
      ##"{"dependentSchemas":{"a":{"oneOf":[true,{"$ref":"#"}]}}}"##,
      ##"{"$dynamicAnchor":"here","anyOf":[{"$dynamicRef":"#here"}]}"##,
    ])
  func circles(schema: String) {
    let error = #expect(throws: SchemaCompileError.self) { try compiled(schema) }
    #expect(error?.reason.contains("leads back to itself") == true)
  }

  @Test("A schema that describes itself level by level accepts documents as deep as the parser does")
  func recursion() throws {
    let schema = try compiled(##"{"type":"array","items":{"$ref":"#"},"maxItems":1}"##)
    let depth = JSONParser.depthMax
    let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try schema.accepts(nested))
    #expect(
      try !schema.accepts(String(repeating: "[", count: depth - 1) + "1" + String(repeating: "]", count: depth - 1)))
  }

  @Test(
    "A chain of references longer than the stack allows is cut, and never counts as valid", arguments: [false, true])
  func longChains(isNegated: Bool) throws {
    let length = 2000
    let links = (0..<length).map { ##""\##($0)":{"allOf":[{"$ref":"#/$defs/\##($0 + 1)"}]}"## }.joined(separator: ",")
    let start = isNegated ? ##""not":{"$ref":"#/$defs/0"}"## : ##""$ref":"#/$defs/0""##
    let schema = try compiled("{\"$defs\":{\(links),\"\(length)\":\(isNegated ? "false" : "true")},\(start)}")
    #expect(try !schema.accepts("1"))
    #expect(try schema.errors(of: "1").map(\.message) == ["expected fewer than 1024 schemas applied within each other"])
  }

  @Test("A chain of plain references costs nothing, however long")
  func plainChains() throws {
    let links = (0..<2000).map { ##""\##($0)":{"$ref":"#/$defs/\##($0 + 1)"}"## }.joined(separator: ",")
    let schema = try compiled("{\"$defs\":{\(links),\"2000\":{\"type\":\"null\"}},\"$ref\":\"#/$defs/0\"}")
    #expect(try schema.accepts("null"))
    #expect(try !schema.accepts("1"))
  }

  @Test("Two documents cannot have the same $id")
  func sameIdentifier() throws {
    let registry = SchemaRegistry()
    try registry.register(#"{"$id":"urn:a"}"#.utf8, uri: "urn:first")
    #expect(throws: SchemaCompileError.self) { try registry.register(#"{"$id":"urn:a"}"#.utf8, uri: "urn:second") }
  }

  @Test("A document is found by its $id and by the URI it was registered under; its source is asked only when needed")
  func identifiers() throws {
    let registry = SchemaRegistry { uri in uri == "urn:lazy" ? #"{"type":"null"}"# : nil }
    try registry.register(#"{"$id":"urn:own","$ref":"urn:lazy"}"#.utf8, uri: "urn:retrieved")
    for uri in ["urn:own", "urn:retrieved"] {
      #expect(try registry.compile(uri).accepts("null"))
      #expect(try !registry.compile(uri).accepts("0"))
    }
    #expect(throws: SchemaCompileError.self) { try registry.compile("urn:unknown") }
  }
}

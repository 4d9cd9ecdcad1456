import JSON
import Schemas
import Testing

@Suite struct SchemaViolationTests {
  @Test(
    "A violation says in one sentence what was expected and what was found",
    arguments: [
      (#"{"type":["string","integer"]}"#, "1.5", "type", "expected integer or string, found 1.5"),
      (#"{"type":"number"}"#, "true", "type", "expected number, found true"),
      (
        #"{"enum":["hard","soft"]}"#, #""x""#, "enum", #"expected one of "hard", "soft", found a string of 1 character"#
      ),
      (#"{"enum":[1,null]}"#, #""1""#, "enum", #"expected one of 1, null, found a string of 1 character"#),
      (#"{"const":{"a":1}}"#, "{}", "const", #"expected {"a":1}, found an empty object"#),
      (#"{"minimum":1}"#, "0.9", "minimum", "expected at least 1, found 0.9"),
      (#"{"exclusiveMaximum":1e2}"#, "100", "exclusiveMaximum", "expected less than 1e2, found 100"),
      (#"{"multipleOf":0.01}"#, "0.015", "multipleOf", "expected a multiple of 0.01, found 0.015"),
      (#"{"minLength":1}"#, #""""#, "minLength", #"expected at least 1 character, found 0"#),
      (#"{"maxLength":2}"#, #""ườn""#, "maxLength", #"expected at most 2 characters, found 3"#),
      (#"{"minItems":2}"#, "[1]", "minItems", "expected at least 2 items, found 1"),
      (#"{"maxProperties":0}"#, #"{"a":1}"#, "maxProperties", #"expected at most 0 members, found 1"#),
      (#"{"pattern":"^a"}"#, #""b""#, "pattern", #"expected text matching ^a, found a string of 1 character"#),
      (
        #"{"format":"currency"}"#, #""dong""#, "format",
        #"expected a currency code of ISO 4217 such as VND, found a string of 4 characters"#
      ),
      (#"{"uniqueItems":true}"#, "[1,1.0]", "uniqueItems", "expected no two equal items, found an array of 2 items"),
      (#"{"required":["a"]}"#, #"{"b":1}"#, "required", #"expected the member "a", found none"#),
      (
        #"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, "dependentRequired",
        #"expected the member "b" beside "a", found none"#
      ),
      (
        #"{"contains":{"type":"null"}}"#, "[1]", "contains",
        "expected at least 1 item as `contains` says, found 0"
      ),
      (
        #"{"contains":true,"maxContains":1}"#, "[1,2]", "maxContains",
        "expected at most 1 item as `contains` says, found 2"
      ),
      (#"{"not":{}}"#, "1", "not", "expected anything but what `not` describes, found 1"),
      (
        #"{"anyOf":[{"required":["a"]},{"type":"null"}]}"#, "{}", "anyOf",
        "expected one of 2 alternatives, found none: expected the member \"a\", found none; "
          + "expected null, found an empty object"
      ),
      (#"{"oneOf":[true,{}]}"#, "1", "oneOf", "expected exactly one of 2 alternatives, found 2"),
    ])
  func messages(schema: String, document: String, keyword: String, message: String) throws {
    let violations = try compiled(schema).errors(of: document)
    #expect(violations == [SchemaViolation(pointer: "", keyword: "urn:test#/\(keyword)", message: message)])
    #expect(try !compiled(schema).accepts(document))
  }

  @Test("A violation points at the value that failed and at the keyword, across references and with escaped names")
  func places() throws {
    let schema = try compiled(
      ##"""
      {"properties":{"a/b":{"items":{"$ref":"#/$defs/~1"}},"c":{"additionalProperties":false}},
       "$defs":{"/":{"prefixItems":[true,{"type":"null"}]}}}
      """##)
    let violations = try schema.errors(of: #"{"a/b":[[0,null],[0,1]],"c":{"~":2}}"#, pointerPrefix: "/data")
    #expect(violations.map(\.pointer) == ["/data/a~1b/1/1", "/data/c/~0"])
    #expect(
      violations.map(\.keyword) == [
        "urn:test#/$defs/~1/prefixItems/1/type", "urn:test#/properties/c/additionalProperties",
      ])
    #expect(violations.map(\.message) == ["expected null, found 1", "expected no such member, found 2"])
  }

  @Test("All mistakes are reported at once, up to the limit")
  func limit() throws {
    let schema = try compiled(#"{"items":{"type":"null"},"maxItems":1}"#)
    #expect(try schema.errors(of: "[1,2,null,3]").map(\.pointer) == ["", "/0", "/1", "/3"])
    #expect(try schema.errors(of: "[1,2,null,3]", limit: 2).map(\.pointer) == ["", "/0"])
  }

  @Test("What was tried in an alternative, a condition or a negation leaves no violation behind")
  func discarded() throws {
    let schema = try compiled(
      ##"""
      {"anyOf":[{"type":"null"},{"type":"object"}],"if":{"required":["x"]},"not":{"required":["y"]},"required":["z"]}
      """##
    )
    #expect(try schema.errors(of: "{}").map(\.keyword) == ["urn:test#/required"])
  }

  @Test(
    "Nothing that a value says is repeated, except numbers too short for a phone number",
    arguments: [
      (#""an@example.vn""#, "a string of 13 characters"), ("84901234567", "a number of 11 characters"),
      ("-1.5e3", "-1.5e3"),
      (#"{"phone":"1"}"#, "an object of 1 member"), (#"["Giang"]"#, "an array of 1 item"), ("[]", "an empty array"),
      (#""""#, "an empty string"),
    ])
  func personal(document: String, found: String) throws {
    let message = try #require(try compiled(#"{"type":"null"}"#).errors(of: document).first?.message)
    #expect(message == "expected null, found \(found)")
  }
}

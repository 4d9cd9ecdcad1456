import Schemas
import Testing

/// References are resolved as RFC 3986 says; seen through schemas that refer to each other.
@Suite struct URIReferenceTests {
  @Test(
    "A relative $ref is resolved against the $id it stands in, by the examples of RFC 3986, section 5.4",
    arguments: [
      ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
      ("/g", "http://a/g"),
      ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), (";x", "http://a/b/c/;x"),
      ("g;x?y", "http://a/b/c/g;x?y"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
      ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"),
      ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."),
      ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"),
      ("g/./h", "http://a/b/c/g/h"),
      ("g/../h", "http://a/b/c/h"), ("g;x=1/../y", "http://a/b/c/y"),
    ])
  func resolution(reference: String, target: String) throws {
    let registry = SchemaRegistry()
    try registry.register(#"{"$id":"http://a/b/c/d;p?q","$ref":"\#(reference)"}"#.utf8, uri: "urn:base")
    try registry.register(#"{"type":"null"}"#.utf8, uri: target)
    let schema = try registry.compile("urn:base")
    #expect(try schema.accepts("null"))
    #expect(try !schema.accepts("1"))
  }
}

import Glibc
import JSON
import Schemas
import Testing

/// The official test suite, as `tools/fetch-schema-suite` puts it on disk.
enum SchemaSuite {
  static let folder: String = {
    getenv("HOSO_SCHEMA_SUITE").map { String(cString: $0) } ?? ProjectFiles.root + "/.build/schema-suite"
  }()

  static let files = ProjectFiles.names(in: folder + "/tests").filter { $0.hasSuffix(".json") }

  static var isThere: Bool { !files.isEmpty }

  static let hint: Comment = "run tools/fetch-schema-suite to get the JSON Schema test suite"

  /// What the suite's schemas may refer to: its own remote documents and the draft's metaschemas.
  static func source(_ uri: String) -> String? {
    let remotes = "http://localhost:1234/"
    let draft = Self.draft
    if uri.hasPrefix(remotes) { return ProjectFiles.text("\(folder)/remotes/\(uri.dropFirst(remotes.count))") }
    if uri == draft + "schema" { return ProjectFiles.text("\(folder)/metaschemas/schema.json") }
    guard uri.hasPrefix(draft + "meta/") else { return nil }
    return ProjectFiles.text("\(folder)/metaschemas/\(uri.dropFirst(draft.count + 5)).json")
  }

  static let draft = "https://json-schema.org/draft/2020-12/"
}

@Suite(.enabled(if: SchemaSuite.isThere, SchemaSuite.hint))
struct JSONSchemaTestSuite {
  @Test(
    "Every case of the JSON Schema test suite for draft 2020-12 gets the verdict it asks for",
    arguments: SchemaSuite.files)
  func cases(file: String) throws {
    let parser = JSONParser()
    let text = try #require(ProjectFiles.text("\(SchemaSuite.folder)/tests/\(file)"))
    for (index, group) in try parser.parse(text.utf8).elements.enumerated() {
      try check(group, uri: "https://suite.invalid/\(file)/\(index)")
    }
  }

  private func check(_ group: JSONValue, uri: String) throws {
    var writer = JSONWriter()
    writer.value(try #require(group["schema"]))
    let registry = SchemaRegistry(source: SchemaSuite.source)
    try registry.register(writer.bytes, uri: uri)
    let schema = try registry.compile(uri, formats: .annotation)
    for test in try #require(group["tests"]).elements {
      let data = try #require(test["data"])
      let expected = test["valid"]?.kind == .true
      let title: Comment = "\(group["description"]?.string ?? ""): \(test["description"]?.string ?? "")"
      #expect(schema.isValid(data) == expected, title)
      #expect(schema.errors(of: data).isEmpty == expected, title)
    }
  }

  @Test("The metaschema of draft 2020-12 accepts itself and refuses what is no schema")
  func metaschema() throws {
    let registry = SchemaRegistry(source: SchemaSuite.source)
    let schema = try registry.compile(SchemaSuite.draft + "schema", formats: .annotation)
    let parser = JSONParser()
    let text = try #require(SchemaSuite.source(SchemaSuite.draft + "schema"))
    #expect(schema.errors(of: try parser.parse(text.utf8)) == [])
    let violations = schema.errors(of: try parser.parse(#"{"properties":{"a":{"minLength":-1}}}"#.utf8))
    #expect(violations.map(\.pointer) == ["/properties/a/minLength"])
  }
}

import Events
import JSON
import Schemas
import Testing

/// The folder schemas/ of the project: schemas, and examples beside each.
enum SchemaFolder {
  static let root = ProjectFiles.root + "/schemas"

  static let types = ProjectFiles.names(in: root).filter { EventTypeName.isValid($0) && !$0.hasSuffix(".json") }

  /// "order.placed/1": every schema of an event type, found by its file.
  static let schemas: [String] = types.flatMap { type in
    names(of: type).filter { !$0.hasSuffix(upcaster) }.map { "\(type)/\($0.dropLast(5))" }
  }

  /// The end of the name of an upcaster, which lies beside the schema of the version it leads to.
  static let upcaster = ".upcast.json"

  /// The names of schemas and upcasters.
  static func names(of type: String) -> [String] {
    ProjectFiles.names(in: "\(root)/\(type)").filter { $0.hasSuffix(".json") }
  }

  static func lines(_ path: String) throws -> [Substring] {
    try #require(ProjectFiles.text("\(root)/\(path)"), "schemas/\(path) is missing").split(separator: "\n")
  }
}

@Suite struct ExampleEventsTests {
  private let parser = JSONParser()

  @Test("The schema of a built-in type accepts each of its valid examples", arguments: SchemaFolder.schemas)
  func validExamples(schema: String) throws {
    let lines = try SchemaFolder.lines(schema + ".valid.ndjson")
    #expect(!lines.isEmpty)
    for line in lines {
      #expect(try errors(of: try parser.parse(line.utf8), schema) == [], "\(line)")
    }
  }

  @Test(
    "The schema of a built-in type refuses each of its invalid examples at the place it names",
    arguments: SchemaFolder.schemas)
  func invalidExamples(schema: String) throws {
    let lines = try SchemaFolder.lines(schema + ".invalid.ndjson")
    #expect(!lines.isEmpty)
    for line in lines {
      let example = try parser.parse(line.utf8)
      let pointer = try #require(example["pointer"]?.string)
      let found = try errors(of: try #require(example["event"]), schema)
      #expect(found.contains { $0.pointer == pointer }, "\(found) has nothing at \(pointer): \(line)")
    }
  }

  /// What envelope and data break.
  private func errors(of event: JSONValue, _ schema: String) throws -> [SchemaViolation] {
    let catalogue = SchemaCatalogue.builtIn
    let data = try #require(event["data"])
    var type = try #require(event["type"]?.string)
    let version = event["version"]?.numberText.flatMap(Int.init) ?? 1
    #expect("\(type)/\(version)" == schema)
    let compiled = try #require(type.withUTF8 { catalogue.schema(type: $0, version: version) })
    let context = ValidationContext(currencyExponent: data["currency"].flatMap { Currency(utf8: $0.bytes) }?.exponent)
    let found = compiled.errors(of: data, context: context, limit: 100, pointerPrefix: "/data")
    #expect(compiled.isValid(data, context: context) == found.isEmpty)
    return catalogue.envelope.errors(of: event) + found
  }

  @Test(
    "Every schema folder holds examples of both kinds for every version, an upcaster for each but 1, and nothing else")
  func completeness() {
    #expect(!SchemaFolder.types.isEmpty)
    for folder in SchemaFolder.types {
      let versions = SchemaCatalogue.builtIn.versions(of: folder)
      #expect(versions == Array(1...max(1, versions.count)), "\(folder)")
      let files = versions.flatMap { version in
        ["invalid.ndjson", "json", "valid.ndjson"].map { "\(version).\($0)" }
          + (version == 1 ? [] : ["\(version).upcast.json", "\(version).upcast.ndjson"])
      }
      #expect(ProjectFiles.names(in: "\(SchemaFolder.root)/\(folder)") == files.sorted())
    }
  }

  @Test(
    "Every schema file is a schema by the metaschema of the draft", .enabled(if: SchemaSuite.isThere, SchemaSuite.hint),
    arguments: ["common", "envelope"] + SchemaFolder.schemas)
  func metaschema(schema: String) throws {
    let registry = SchemaRegistry(source: SchemaSuite.source)
    let metaschema = try registry.compile(SchemaSuite.draft + "schema", formats: .annotation)
    let text = try #require(ProjectFiles.text("\(SchemaFolder.root)/\(schema).json"))
    #expect(metaschema.errors(of: try parser.parse(text.utf8)) == [])
  }
}

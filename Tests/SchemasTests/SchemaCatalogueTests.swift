import JSON
import Schemas
import Testing

@Suite struct SchemaCatalogueTests {
  private let catalogue = SchemaCatalogue.builtIn
  private let own = """
    {"$id": "urn:hoso:schema:shop.visited:1", "title": "Shop visited", "type": "object",
     "properties": {"shop": {"$ref": "urn:hoso:schema:common#/$defs/key"}}, "required": ["shop"]}
    """

  private func schema(_ type: String, _ version: Int = 1, in catalogue: SchemaCatalogue) -> CompiledSchema? {
    var type = type
    return type.withUTF8 { catalogue.schema(type: $0, version: version) }
  }

  @Test("The catalogue embeds the text of every schema file of the project, byte for byte")
  func embedding() throws {
    #expect(catalogue.list.map { "\($0.type)/\($0.version)" } == SchemaFolder.schemas)
    for listing in catalogue.list {
      let file = try #require(ProjectFiles.text("\(SchemaFolder.root)/\(listing.type)/\(listing.version).json"))
      #expect(catalogue.text(type: listing.type, version: listing.version) == file)
    }
    #expect(catalogue.commonText == ProjectFiles.text("\(SchemaFolder.root)/common.json"))
    #expect(catalogue.envelopeText == ProjectFiles.text("\(SchemaFolder.root)/envelope.json"))
  }

  @Test("Upcasters are embedded byte for byte, and are no schemas")
  func upcasters() {
    let paths = SchemaFolder.types.flatMap { type in
      SchemaFolder.names(of: type).filter { $0.hasSuffix(SchemaFolder.upcaster) }.map { "\(type)/\($0)" }
    }
    #expect(builtInUpcasters.map(\.path) == paths && !paths.isEmpty)
    for upcaster in builtInUpcasters {
      #expect(upcaster.text == ProjectFiles.text("\(SchemaFolder.root)/\(upcaster.path)"))
    }
  }

  @Test("Every built-in schema compiles, obeys the rule for names, has its path as $id, a title and a description")
  func builtIns() throws {
    let parser = JSONParser()
    for listing in catalogue.list {
      #expect(schema(listing.type, listing.version, in: catalogue) != nil)
      #expect(EventTypeName.isValid(listing.type))
      #expect(listing.isBuiltIn && !listing.title.isEmpty && !listing.description.isEmpty, "\(listing.type)")
      let text = try #require(catalogue.text(type: listing.type, version: listing.version))
      #expect(try parser.parse(text.utf8)["$id"]?.string == "urn:hoso:schema:\(listing.type):\(listing.version)")
    }
  }

  @Test("An unknown type or version has no schema")
  func unknown() {
    #expect(schema("order.vanished", in: catalogue) == nil)
    #expect(schema("order.placed", 999, in: catalogue) == nil)
    #expect(schema("", in: catalogue) == nil)
    #expect(catalogue.versions(of: "order.vanished") == [])
    #expect(catalogue.text(type: "order.placed", version: 0) == nil)
  }

  @Test("A lookup gives the catalogue's own schemas, the same object each time")
  func lookup() {
    var lookup = SchemaLookup(catalogue)
    for listing in catalogue.list {
      var type = listing.type
      let found = type.withUTF8 { lookup.schema(type: $0, version: listing.version) }
      #expect(found === schema(listing.type, listing.version, in: catalogue))
      #expect(found === type.withUTF8 { lookup.schema(type: $0, version: listing.version) })
    }
    var unknown = "no.such.type"
    #expect(unknown.withUTF8 { lookup.schema(type: $0, version: 1) } == nil)
  }

  @Test("A shop's own type is found beside the built-in ones and may use the common definitions")
  func adding() throws {
    let extended = try catalogue.adding(own, name: "shop.json")
    let added = try #require(schema("shop.visited", in: extended))
    #expect(try added.accepts(#"{"shop": "HCM-01"}"#))
    #expect(try !added.accepts(#"{"shop": true}"#))
    #expect(schema("order.placed", in: extended) != nil)
    #expect(schema("shop.visited", in: catalogue) == nil)
    let listing = try #require(extended.list.first { $0.type == "shop.visited" })
    #expect(listing.title == "Shop visited" && !listing.isBuiltIn)
  }

  @Test("The versions of a type are listed oldest first, whatever the order in which they were added")
  func versions() throws {
    var catalogue = catalogue
    for version in [10, 2, 1] {
      let text = own.split(separator: "shop.visited:1").joined(separator: "shop.visited:\(version)")
      catalogue = try catalogue.adding(text, name: "v\(version).json")
    }
    #expect(catalogue.versions(of: "shop.visited") == [1, 2, 10])
    var type = "shop.visited"
    #expect(type.withUTF8 { catalogue.newestVersion(of: $0) } == 10)
  }

  @Test(
    "A file that is no schema of a new event type is refused with its name, the place and the remedy",
    arguments: [
      ("{", "own.json: this is not valid JSON; correct the JSON"),
      ("[]", "own.json: the file does not hold a JSON object; write a schema such as `hoso schema show` prints"),
      (#"{"type":"object"}"#, "own.json: the schema has no $id; "),
      (
        #"{"$id":"https://example.com/a","type":"object"}"#, "own.json at /$id: \"https://example.com/a\" does not name"
      ),
      (
        #"{"$id":"urn:hoso:schema:Shop.visited:1","type":"object"}"#,
        "own.json at /$id: \"urn:hoso:schema:Shop.visited:1\""
      ),
      (#"{"$id":"urn:hoso:schema:shop.visited:01","type":"object"}"#, "own.json at /$id: "),
      (#"{"$id":"urn:hoso:schema:shop.visited:0","type":"object"}"#, "own.json at /$id: "),
      (#"{"$id":"urn:hoso:schema:shop:1","type":"object"}"#, "own.json at /$id: "),
      (#"{"$id":"urn:hoso:schema:shop.visited:1"}"#, "own.json at /type: the data of an event is an object; "),
      (
        #"{"$id":"urn:hoso:schema:order.placed:2","type":"object"}"#,
        "own.json at /$id: order.placed is a built-in type; choose another name"
      ),
      (
        #"{"$id":"urn:hoso:schema:shop.visited:1","type":"object","required":"shop"}"#,
        "own.json at /required: an array of strings must stand here; correct the schema"
      ),
      (
        #"{"$id":"urn:hoso:schema:shop.visited:1","type":"object","properties":{"a":{"$ref":"urn:nowhere"}}}"#,
        "own.json at /properties/a/$ref: \"urn:nowhere\" refers to urn:nowhere, which is not registered"
      ),
    ])
  func refusals(text: String, message: String) {
    let error = #expect(throws: SchemaFileError.self) { try catalogue.adding(text, name: "own.json") }
    #expect("\(error.map(\.description) ?? "")".hasPrefix(message))
  }

  @Test("The same version of a type cannot be added twice")
  func twice() throws {
    let extended = try catalogue.adding(own, name: "a.json")
    let error = #expect(throws: SchemaFileError.self) { try extended.adding(own, name: "b.json") }
    #expect(error?.description == "b.json at /$id: version 1 of shop.visited is there already; raise the version")
  }

  @Test("Threads that ask for the same schemas at once get the same ones")
  func threads() async throws {
    let catalogue = try catalogue.adding(own, name: "own.json")
    let types = catalogue.list.map(\.type)
    let found = await withTaskGroup(of: [ObjectIdentifier].self) { group in
      for _ in 0..<4 {
        group.addTask {
          types.map { name in
            var type = name
            return type.withUTF8 { ObjectIdentifier(catalogue.schema(type: $0, version: 1)!) }  // listed, so known
          }
        }
      }
      return await group.reduce(into: [[ObjectIdentifier]]()) { $0.append($1) }
    }
    #expect(Set(found).count == 1)
  }
}

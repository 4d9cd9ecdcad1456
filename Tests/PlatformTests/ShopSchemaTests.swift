import EventLog
import Intake
import Platform
import Schemas
import Testing

@Suite struct ShopSchemaTests {
  private func schema(_ version: Int, _ rest: String = "", type: String = "shop.visited") -> String {
    #"{"$id":"urn:hoso:schema:\#(type):\#(version)","type":"object"\#(rest)}"#
  }

  @Test("A type that is added is known when the directory is opened again, in every version")
  func persistence() throws {
    let shop = try Shop()
    for version in [1, 2, 3] {
      let platform = try Platform(shop.directory, .creating)
      let file = try shop.parent.write(schema(version), to: "s.json")
      let added = try ShopSchemas(shop.directory).add(file, to: try platform.schemas.get())
      #expect(added == ("shop.visited", version))
    }
    let catalogue = try Platform(shop.directory, .reading).schemas.get()
    #expect(catalogue.versions(of: "shop.visited") == [1, 2, 3])
    #expect(catalogue.text(type: "shop.visited", version: 3) == schema(3))
    #expect(catalogue.list.count { !$0.isBuiltIn } == 3)
    #expect(catalogue.list.count { $0.isBuiltIn } == SchemaCatalogue.builtIn.list.count)
  }

  @Test("What was quarantined for want of its type enters the log after the type is added")
  func retry() throws {
    let shop = try Shop()
    let visit = event("1", "shop.visited")
    do {
      let platform = try shop.open([visit, event("2", "shop.closed"), event("3")])
      #expect(try platform.log.info().rejects == 2)
      _ = try ShopSchemas(shop.directory).add(
        try shop.parent.write(schema(1), to: "s.json"), to: try platform.schemas.get())
    }
    let platform = try Platform(shop.directory, .writing)
    let some = try platform.retryRejects([2])
    #expect([some.accepted, some.duplicates, some.stillRejected.count] == [0, 0, 1])
    let all = try platform.retryRejects(nil)
    #expect([all.accepted, all.duplicates, all.stillRejected.count] == [1, 0, 1])
    #expect(try platform.documents() == [event("3"), visit])
    #expect(try platform.dropRejects([1, 2]) == 1)
    #expect(try platform.log.info().rejects == 0)
  }

  @Test(
    "A file that is no schema of a new type is refused, and stored nowhere",
    arguments: [
      "{", "[]", #"{"type":"object"}"#, #"{"$id":"urn:hoso:schema:order.placed:2","type":"object"}"#,
      #"{"$id":"urn:hoso:schema:shop.visited:1","type":"objects"}"#,
      #"{"$id":"urn:hoso:schema:shop.visited:1","type":"string"}"#,
    ])
  func refusals(text: String) throws {
    let shop = try Shop()
    let file = try shop.parent.write(text, to: "s.json")
    #expect(throws: (any Error).self) { try ShopSchemas(shop.directory).add(file, to: .builtIn) }
    #expect(try ShopSchemas(shop.directory).catalogue().list.count == SchemaCatalogue.builtIn.list.count)
  }

  @Test("A version that is there is not replaced")
  func replacing() throws {
    let shop = try Shop()
    let schemas = ShopSchemas(shop.directory)
    let file = try shop.parent.write(schema(1), to: "s.json")
    _ = try schemas.add(file, to: .builtIn)
    #expect(throws: (any Error).self) { try schemas.add(file, to: try schemas.catalogue()) }
    #expect(throws: DirectoryError.self) { try schemas.add(file, to: .builtIn) }
    #expect(throws: DirectoryError.self) { try schemas.add(file + "x", to: .builtIn) }
  }

  @Test("A stored schema that is damaged is named, where event types are needed")
  func damaged() throws {
    let shop = try Shop()
    let folder = DataDirectory(path: shop.directory.schemas + "/shop.visited")
    try folder.create()
    try TextFile.write("{", to: folder.path + "/1.json")
    try TextFile.write("not a schema", to: shop.directory.schemas + "/README.md")
    let platform = try Platform(shop.directory, .creating)
    let error = #expect(throws: SchemaFileError.self) { try platform.schemas.get() }
    #expect(error?.file == folder.path + "/1.json")
  }
}

import JSON
import Schemas
import Testing
import Upcasting

@Suite("Built-in upcasters") struct BuiltInTests {
  @Test("Every built-in upcaster has examples, all of which hold", arguments: builtInUpcasters.map(\.path))
  func examples(path: String) throws {
    let file = try #require(ProjectFiles.text("schemas/" + path))
    #expect(builtInUpcasters.first { $0.path == path }?.text == file)
    let examplesName = path.dropLast("json".count) + "ndjson"
    let examples = ProjectFiles.text("schemas/" + examplesName)
    let upcasters = try Upcasters().adding(
      file: file, name: path, examples: examples, examplesName: String(examplesName), catalogue: .builtIn)
    #expect(!upcasters.isEmpty)
  }

  @Test("Every version of a built-in type but the newest is taken by an upcaster, and the newest by none")
  func completeness() {
    let catalogue = SchemaCatalogue.builtIn
    for listing in catalogue.list {
      let newest = catalogue.versions(of: listing.type).last ?? 0
      #expect(Upcasters.builtIn.isCurrent(listing.type, listing.version) == (listing.version == newest))
    }
    #expect(!Upcasters.builtIn.isEmpty && !builtInUpcasters.isEmpty)
  }

  @Test("The charge for delivery of an order moves into an object, and nothing else changes")
  func orderPlaced() throws {
    let lines = try #require(ProjectFiles.text("schemas/order.placed/1.valid.ndjson")).split(separator: "\n")
    let parser = JSONParser()
    for line in lines {
      let before = try parser.parse(line.utf8)
      let charge = before["data"]?["shipping"].map { String(decoding: $0.bytes, as: UTF8.self) }
      try Upcasting(.builtIn).forEach(before) { after, _ in
        #expect(after["version"]?.numberText == "2")
        #expect(after["data"]?["shipping"]?["amount"].map { String(decoding: $0.bytes, as: UTF8.self) } == charge)
        #expect(after["data"]?.count == before["data"]?.count && after["ids"]?.count == before["ids"]?.count)
      }
    }
  }
}

import Platform
import Schemas
import Testing
import Upcasting

@Suite("Versions of a shop's own event types follow one another")
struct ShopSchemaEvolutionTests {
  /// A schema of spilled cups.
  private func schema(_ version: Int, _ properties: String, required: String = "") -> String {
    #"{"$id":"urn:hoso:schema:cup.spilled:\#(version)","type":"object","properties":{\#(properties)},"#
      + #""required":[\#(required)]}"#
  }

  private let size = #""size":{"type":"integer"}"#
  private let volume = #""size":{"type":"integer"},"ml":{"type":"integer"}"#

  private func upcaster(from version: Int = 1) -> String {
    #"{"from":\#(version),"to":\#(version + 1),"description":"The size is a volume.","#
      + #""steps":[{"move":{"from":"/size","to":"/ml"}}]}"#
  }

  private func examples(_ after: String = #""ml":3"#) -> String {
    #"{"before":\#(cup(#""size":3"#, 1)),"after":[\#(cup(after, 2))]}"# + "\n"
  }

  private func cup(_ data: String, _ version: Int) -> String {
    #"{"id":"1","type":"cup.spilled","version":\#(version),"time":"2026-03-01T10:00:00+07:00","source":"till","#
      + #""channel":"pos","ids":{"email":"an@example.com"},"data":{\#(data)}}"#
  }

  /// Writes files into a folder beside the data directory, and adds those that are schemas.
  private func add(_ files: [(name: String, text: String)], to shop: Shop) throws {
    for (name, text) in files { try shop.parent.write(text, to: name) }
    let schemas = ShopSchemas(shop.directory)
    for (name, _) in files where !name.contains("upcast") {
      _ = try schemas.add(shop.parent.path + "/" + name, to: try schemas.catalogue())
    }
  }

  private func error(_ files: [(name: String, text: String)], in shop: Shop) -> String {
    do {
      try add(files, to: shop)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  private func versions(_ shop: Shop) throws -> [Int] {
    try ShopSchemas(shop.directory).catalogue().versions(of: "cup.spilled")
  }

  @Test("A version that accepts what the one before it did needs no upcaster")
  func compatible() throws {
    let shop = try Shop()
    try add([("1.json", schema(1, size, required: #""size""#)), ("2.json", schema(2, volume))], to: shop)
    #expect(try versions(shop) == [1, 2])
    let schemas = ShopSchemas(shop.directory)
    let catalogue = try schemas.catalogue()
    let evolution = SchemaEvolution(catalogue, try schemas.upcasters(catalogue))
    #expect(try evolution.problems().isEmpty)
  }

  @Test("A version that leaves a gap is refused with the version that is missing")
  func gap() throws {
    let shop = try Shop()
    try add([("1.json", schema(1, size))], to: shop)
    #expect(
      error([("3.json", schema(3, size))], in: shop).hasPrefix(
        "version 3 of cup.spilled, but there is no version 2"))
    #expect(try versions(shop) == [1])
  }

  @Test("A version that refuses what was accepted is refused, with each place and the remedy")
  func breaking() throws {
    let shop = try Shop()
    try add([("1.json", schema(1, size))], to: shop)
    let message = error([("2.json", schema(2, volume, required: #""ml""#).replacing("integer", "null"))], in: shop)
    #expect(message.contains(#"/required/0: "ml" is required now"#))
    #expect(message.contains("/properties/size/type: integer is no longer allowed"))
    #expect(message.contains("add an upcaster beside it: 2.upcast.json"))
    #expect(try versions(shop) == [1])
  }

  @Test("With an upcaster and examples beside it such a version is taken, and all three files are stored")
  func upcast() throws {
    let shop = try Shop()
    let new = schema(2, volume, required: #""ml""#)
    try add(
      [
        ("1.json", schema(1, size)), ("2.upcast.json", upcaster()), ("2.upcast.ndjson", examples()), ("2.json", new),
      ], to: shop)
    let folder = shop.directory.schemas + "/cup.spilled/"
    #expect(try TextFile.read(folder + "2.json") == new)
    #expect(try TextFile.read(folder + "2.upcast.json") == upcaster())
    #expect(try TextFile.read(folder + "2.upcast.ndjson") == examples())
    let schemas = ShopSchemas(shop.directory)
    let catalogue = try schemas.catalogue()
    let upcasters = try schemas.upcasters(catalogue)
    #expect(catalogue.versions(of: "cup.spilled") == [1, 2])
    #expect(upcasters.chain(type: "cup.spilled", from: 1) == [2])
    #expect(try SchemaEvolution(catalogue, upcasters).problems().isEmpty)
  }

  @Test("An upcaster is refused without examples, with wrong ones, and where it leads elsewhere; nothing is stored")
  func wrongUpcasters() throws {
    let shop = try Shop()
    try add([("1.json", schema(1, size))], to: shop)
    let new = ("2.json", schema(2, volume, required: #""ml""#))
    let missing = error([("2.upcast.json", upcaster()), new], in: shop)
    #expect(missing.hasPrefix(shop.parent.path + "/2.upcast.json: ") && missing.contains("no examples"))
    let wrong = error([("2.upcast.ndjson", examples(#""ml":4"#)), new], in: shop)
    #expect(wrong.hasPrefix(shop.parent.path + "/2.upcast.ndjson:1"), "\(wrong)")
    let elsewhere = error([("2.upcast.json", upcaster(from: 2)), ("2.upcast.ndjson", examples()), new], in: shop)
    #expect(elsewhere.hasPrefix(shop.parent.path + "/2.upcast.json"), "\(elsewhere)")
    #expect(try versions(shop) == [1])
    #expect(try TextFile.read(shop.directory.schemas + "/cup.spilled/2.upcast.json") == nil)
  }

  @Test("An upcaster that an interrupted addition left counts for nothing, and is replaced")
  func interrupted() throws {
    let shop = try Shop()
    try add([("1.json", schema(1, size))], to: shop)
    let folder = shop.directory.schemas + "/cup.spilled/"
    try TextFile.write("{", to: folder + "2.upcast.json")
    let schemas = ShopSchemas(shop.directory)
    #expect(try schemas.upcasters(try schemas.catalogue()).chain(type: "cup.spilled", from: 1) == [])
    try add([("2.json", schema(2, volume))], to: shop)
    #expect(try TextFile.read(folder + "2.upcast.json") == nil)
    #expect(try versions(shop) == [1, 2])
  }

  @Test("Versions that one upcaster leads to the same one are judged by that one")
  func chains() throws {
    let shop = try Shop()
    try add(
      [
        ("1.json", schema(1, size)), ("2.upcast.json", upcaster()), ("2.upcast.ndjson", examples()),
        ("2.json", schema(2, volume, required: #""ml""#)),
      ], to: shop)
    try add([("3.json", schema(3, volume, required: #""ml""#).replacing("integer", "number"))], to: shop)
    let strict = schema(4, volume, required: #""ml","size""#)
    let message = error([("4.json", strict)], in: shop)
    #expect(message.contains("version 4 of cup.spilled may refuse what version 2 accepts"))
    #expect(message.contains("version 4 of cup.spilled may refuse what version 3 accepts"))
    #expect(!message.contains("version 1 accepts"))
  }
}

extension String {
  fileprivate func replacing(_ text: String, _ other: String) -> String {
    split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
  }
}

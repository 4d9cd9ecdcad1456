import Foundation
import Testing

@Suite("Commands on generations")
struct GenerationCommandTests {
  private let shop: Shop

  init() throws {
    shop = try Shop()
    try shop.hoso("ingest", "-", input: Self.events)
  }

  private static let events =
    SampleEvent.page(
      "1", type: "customer.registered", data: #"{"first_name":"An","traits":{"drink":"needle"}}"#)
    + SampleEvent.page("2") + SampleEvent.order("3", total: "25000")

  private func generations() throws -> [Int: String] {
    var states: [Int: String] = [:]
    for row in try shop.json("projection", "list").list {
      states[try #require(row["generation"].count)] = row["state"].text
    }
    return states
  }

  /// Changes a letter of a trait wherever a generation has it. Its digests stay.
  private func damage(_ generation: Int) throws {
    let file = URL(fileURLWithPath: shop.data).appendingPathComponent("projections/\(generation).mdb")
    var bytes = try Data(contentsOf: file)
    var found = 0
    while let place = bytes.range(of: Data("needle".utf8)) {
      bytes[place.lowerBound] ^= 0x02
      found += 1
    }
    #expect(found > 0)
    try bytes.write(to: file)
  }

  @Test("Every projection of every generation is listed with its state, version, position, lag and digest")
  func list() throws {
    _ = try shop.hoso("rebuild").successful
    let rows = try shop.json("projection", "list").list
    #expect(rows.map { $0["generation"].count } == [1, 1, 1, 2, 2, 2])
    #expect(rows.prefix(3).map { $0["name"].text } == ["profiles", "products", "campaigns"])
    for row in rows {
      for field in ["state", "version", "position", "lag", "bytes", "digest"] { #expect(row[field].exists, "\(field)") }
      #expect(row["position"].count == 3 && row["lag"].count == 0)
    }
    #expect(try generations() == [1: "former", 2: "live"])
    let csv = try shop.hoso("projection", "list", "--format", "csv").lines
    #expect(csv.first == "name,generation,state,version,position,lag,bytes,people,digest" && csv.count == 7)
    #expect(try shop.hoso("projection", "list").lines.count == 7)
  }

  @Test("The digest of one projection is that of the list, of the whole that of status' sum of rows")
  func digest() throws {
    let row = try shop.json("projection", "list")[0]
    #expect(try shop.hoso("projection", "digest", "profiles").text == (row["digest"].text ?? "") + "\n")
    let whole = try shop.projectionDigest()
    #expect(try shop.hoso("projection", "digest", "--generation", "1").text == whole)
    let none = try shop.hoso("projection", "digest", "--generation", "7")
    #expect(none.status == 1 && none.errors == "hoso: there is no generation 7; there are 1\n")
  }

  @Test("Rolling back says how far behind the former generation is, and the next project catches it up")
  func rollback() throws {
    let refused = try shop.hoso("projection", "rollback")
    #expect(refused.status == 1 && refused.errors.contains("there is no former generation to go back to"))
    _ = try shop.hoso("rebuild").successful
    try shop.hoso("ingest", "-", input: SampleEvent.page("4"))
    let digest = try shop.projectionDigest()
    let back = try shop.hoso("projection", "rollback")
    #expect(
      back.text
        == "Generation 1 is live, in place of generation 2: 1 event behind the log; 'hoso project' folds them\n")
    #expect(try shop.json("status")["projections"][0]["state"].text == "behind")
    #expect(try shop.hoso("project").errors == "1 event folded\n")
    #expect(try shop.projectionDigest() == digest)
    #expect(
      try shop.hoso("projection", "promote", "2").text
        == "Generation 2 is live, in place of generation 1: up to date\n")
  }

  @Test("Dropping gives the disk back, and neither the live generation nor one that is not there can be dropped")
  func drop() throws {
    _ = try shop.hoso("rebuild").successful
    #expect(shop.exists("data/projections/1.mdb"))
    let dropped = try shop.hoso("projection", "drop", "1")
    #expect(dropped.status == 0 && dropped.text.hasPrefix("Generation 1 is dropped: "))
    #expect(!shop.exists("data/projections/1.mdb") && !shop.exists("data/projections/1.mdb-lock"))
    #expect(
      try shop.hoso("projection", "drop", "2").errors == "hoso: generation 2 is the live one and cannot be dropped\n")
    #expect(try shop.hoso("projection", "drop", "1").errors == "hoso: there is no generation 1; there are 2\n")
  }

  @Test("A damaged generation is not promoted, and the live one stays")
  func damaged() throws {
    _ = try shop.hoso("rebuild", "--no-promote").successful
    try damage(2)
    let outcome = try shop.hoso("projection", "promote", "2")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.hasPrefix(
        "hoso: the read models are damaged: the table 'identifiers' of generation 2 does not match its digest")
        || outcome.errors.hasPrefix(
          "hoso: the read models are damaged: the table 'people' of generation 2 does not match its digest"),
      "\(outcome.errors)")
    #expect(try generations() == [1: "live", 2: "ready"])
  }

  @Test("Folding the log anew finds a row that is not what the log gives, and ends with 3")
  func verify() throws {
    let right = try shop.json("projection", "digest", "--verify")
    #expect(right.list.count == 3 && right.list.allSatisfy { $0["ok"].flag == true })
    try damage(1)
    let wrong = try shop.json("projection", "digest", "profiles", "--verify", status: 3)
    #expect(wrong.list.count == 1 && wrong[0]["ok"].flag == false)
    #expect(wrong[0]["stored"].text != wrong[0]["folded"].text)
    #expect(wrong[0]["folded"].text == right[0]["folded"].text)
    #expect(try shop.json("projection", "digest", "products", "--verify")[0]["ok"].flag == true)
    let said = try shop.hoso("projection", "digest", "--verify").errors
    #expect(said == "Generation 1 is not what the log gives; 'hoso rebuild' makes it anew.\n")
    #expect(try generations() == [1: "live"], "what was folded anew is removed")
  }

  @Test("A comparison finds exactly what differs, before the new generation takes the place of the live one")
  func compare() throws {
    let same = try shop.hoso("rebuild", "--compare", "--no-promote")
    #expect(same.text.hasPrefix("Every row is as in generation 1.\n"), "\(same.text)")
    try damage(1)
    let outcome = try shop.json("rebuild", "--compare", "--no-promote", "--differences", "differences.ndjson")
    #expect(outcome["promoted"].flag == false)
    let compared = outcome["compared"]
    #expect(compared["generation"].count == 1 && compared["same"].flag == false)
    #expect(compared["tables"].list.map { $0["table"].text } == ["identifiers", "people"])
    for table in compared["tables"].list {
      #expect(table["differing"].count == 1 && table["only_before"].count == 0 && table["only_after"].count == 0)
    }
    #expect(compared["tables"][1]["fields"].keys == ["traits.drink"])
    let file = try String(contentsOf: shop.folder.appendingPathComponent("differences.ndjson"), encoding: .utf8)
    let lines = try file.split(separator: "\n").map { try Answer(parsing: $0) }
    #expect(lines.count == 2)
    let person = try #require(lines.last)
    #expect(person.keys == ["projection", "table", "key", "field", "before", "after"])
    #expect(person["key"].text == (try shop.json("profile", "show", "an@example.vn")["person"].text))
    #expect(
      person["field"].text == "traits.drink" && person["before"].text == "leedle" || person["after"].text == "needle")
    #expect(try generations()[1] == "live")
    let page = try shop.hoso("rebuild", "--compare")
    #expect(page.text.contains("people: traits.drink in 1\n") && page.text.contains(" is live: 3 events"))
    #expect(try shop.hoso("rebuild", "--compare").text.hasPrefix("Every row is as in generation "))
  }

  @Test("Where only products or campaigns are wanted, the states of the live generation are enough")
  func named() throws {
    let digest = try shop.projectionDigest()
    for words in [["products"], ["campaigns"], ["products", "campaigns"], ["profiles"], []] {
      let rebuilt = try shop.hoso(["rebuild", "--format", "json"] + words).json
      #expect(rebuilt["digest"].text.map { $0 + "\n" } == digest, "\(words)")
      #expect(rebuilt["events"].count == 3 && rebuilt["compared"].isNull)
    }
  }

  @Test("As many former generations are kept as the configuration says")
  func keeping() throws {
    try shop.file("data/hoso.yaml", "projections: {keep: 2}\n")
    for _ in 0..<3 { _ = try shop.hoso("rebuild").successful }
    #expect(try generations() == [2: "former", 3: "former", 4: "live"])
    try shop.file("data/hoso.yaml", "projections: {keep: 0}\n")
    _ = try shop.hoso("rebuild").successful
    #expect(try generations() == [5: "live"])
  }
}

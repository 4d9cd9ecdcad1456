import Foundation
import Testing

@Suite("Read models of an older version")
struct GenerationVersionTests {
  private static let golden = RealData.project.appendingPathComponent("Tests/Golden/version-2")

  /// The data directory that the program of version 2 made.
  private func directory() throws -> Shop {
    let shop = try Shop()
    let outcome = try shop.shell(
      #"mkdir -p data/projections && gunzip -c \#(Self.golden.path)/log.mdb.gz > data/log.mdb && gunzip -c \#(Self.golden.path)/generation.mdb.gz > data/projections/1.mdb && echo 1 > data/projections/current"#
    )
    _ = try outcome.successful
    return shop
  }

  private static let message =
    "The read models of generation 1 are of version 2; this program makes version 3. Questions are answered from them as of event 180; 'hoso rebuild' brings them up to date.\n"

  @Test(
    "answer as the program did that made them",
    arguments: [
      (["profile", "list"], "people"), (["order", "list"], "orders"), (["ticket", "list"], "tickets"),
      (["message", "list"], "messages"), (["identity", "export"], "identifiers"),
    ])
  func answers(words: [String], file: String) throws {
    let shop = try directory()
    let expected = try Data(contentsOf: Self.golden.appendingPathComponent("\(file).csv"))
    let header = String(decoding: expected.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let fields = file == "identifiers" ? [] : ["--fields", header]
    let outcome = try shop.hoso(words + fields + ["--format", "csv"])
    #expect(outcome.status == 0 && outcome.output == expected, "\(outcome.errors)")
    #expect(outcome.errors == "Note: " + Self.message)
  }

  @Test("are left behind by project and ingest, which say so and end with 0")
  func leftBehind() throws {
    let shop = try directory()
    let project = try shop.hoso("project")
    #expect(project.status == 0 && project.errors == Self.message)
    let ingest = try shop.hoso("ingest", "-", input: SampleEvent.page("new"))
    #expect(ingest.status == 0 && ingest.errors.contains(Self.message), "\(ingest.errors)")
    let status = try shop.json("status")
    #expect(status["events"].count == 181)
    let profiles = status["projections"][0]
    #expect(profiles["state"].text == "stale" && profiles["version"].count == 2 && profiles["lag"].count == 1)
    #expect(status["projections"].list.allSatisfy { $0["state"].text == "stale" })
    #expect(try shop.hoso("status").text.contains("as of event 180; 'hoso rebuild' brings them up to date"))
    #expect(try shop.hoso("profile", "show", "customer_id:KH-10025").status == 0)
  }

  @Test("have no products and no campaigns, and say which command adds them")
  func absent() throws {
    let outcome = try directory().hoso("projection", "digest", "products")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "hoso: products are not in generation 1; 'hoso rebuild' adds them\n")
  }

  @Test("are brought up to date by a rebuild, and cannot be gone back to")
  func rebuild() throws {
    let shop = try directory()
    let rebuilt = try shop.json("rebuild", "--compare")
    #expect(rebuilt["events"].count == 180 && rebuilt["compared"]["generation"].count == 1)
    #expect(try shop.json("status")["projections"].list.allSatisfy { $0["state"].text == "current" })
    let back = try shop.hoso("projection", "rollback")
    #expect(back.status == 1)
    #expect(
      back.errors
        == "hoso: generation 1 is of an older version than this program makes; 'hoso rebuild' builds another one\n")
    let fresh = try Shop()
    _ = try fresh.hoso(["ingest", "-"], input: try shop.hoso("log", "export").output).successful
    #expect(try shop.projectionDigest() == fresh.projectionDigest())
    let identifiers = try Data(contentsOf: Self.golden.appendingPathComponent("identifiers.csv"))
    #expect(try shop.hoso("identity", "export", "--format", "csv").output == identifiers)
  }

  @Test("name nobody else than they did when other identity rules are tried")
  func trial() throws {
    let shop = try directory()
    try shop.file("rules.yaml", "identity:\n  types: [customer_id, email, phone]\n")
    let outcome = try shop.hoso("identity", "try", "rules.yaml")
    #expect(outcome.status == 0 && outcome.text.hasPrefix("24 people would be "), "\(outcome.text)\(outcome.errors)")
  }
}

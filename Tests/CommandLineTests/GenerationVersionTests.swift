import Foundation
import Testing

@Suite("Read models of an older version")
struct GenerationVersionTests {
  /// A data directory that an earlier program made.
  struct Golden: Sendable {
    let version, events: Int
    var folder: URL { RealData.project.appendingPathComponent("Tests/Golden/version-\(version)") }

    func directory() throws -> Shop {
      let shop = try Shop()
      let outcome = try shop.shell(
        #"mkdir -p data/projections && gunzip -c \#(folder.path)/log.mdb.gz > data/log.mdb && gunzip -c \#(folder.path)/generation.mdb.gz > data/projections/1.mdb && echo 1 > data/projections/current"#
      )
      _ = try outcome.successful
      return shop
    }

    var message: String {
      "The read models of generation 1 are of version \(version); this program makes version 6. Questions are answered from them as of event \(events); 'hoso rebuild' brings them up to date.\n"
    }
  }

  private static let all = [
    Golden(version: 2, events: 180), Golden(version: 3, events: 187), Golden(version: 4, events: 174),
    Golden(version: 5, events: 178),
  ]

  @Test(
    "answer as the program did that made them",
    arguments: [
      (["profile", "list"], "people"), (["order", "list"], "orders"), (["ticket", "list"], "tickets"),
      (["message", "list"], "messages"), (["identity", "export"], "identifiers"), (["products", "list"], "products"),
      (["campaigns"], "campaigns"),
    ], all)
  func answers(question: (words: [String], file: String), golden: Golden) throws {
    let (words, file) = question
    // Version 2 had neither products nor campaigns.
    guard golden.version > 2 || !["products", "campaigns"].contains(file) else { return }
    let shop = try golden.directory()
    let expected = try Data(contentsOf: golden.folder.appendingPathComponent("\(file).csv"))
    let header = String(decoding: expected.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let fields = file == "identifiers" ? [] : ["--fields", header]
    let outcome = try shop.hoso(words + fields + ["--format", "csv"])
    #expect(outcome.status == 0 && outcome.output == expected, "\(outcome.errors)")
    #expect(outcome.errors == "Note: " + golden.message)
  }

  @Test("are left behind by project and ingest, which say so and end with 0", arguments: all)
  func leftBehind(golden: Golden) throws {
    let shop = try golden.directory()
    let project = try shop.hoso("project")
    #expect(project.status == 0 && project.errors == golden.message)
    let ingest = try shop.hoso("ingest", "-", input: SampleEvent.page("new"))
    #expect(ingest.status == 0 && ingest.errors.contains(golden.message), "\(ingest.errors)")
    let status = try shop.json("status")
    #expect(status["events"].count == golden.events + 1)
    let profiles = status["projections"][0]
    #expect(
      profiles["state"].text == "stale" && profiles["version"].count == golden.version && profiles["lag"].count == 1)
    #expect(
      try shop.hoso("status").text.contains("as of event \(golden.events); 'hoso rebuild' brings them up to date"))
    #expect(try shop.hoso("profile", "show", "customer_id:KH-10025").status == 0)
  }

  @Test("have no products and no campaigns, and say which command adds them")
  func absent() throws {
    let outcome = try Self.all[0].directory().hoso("projection", "digest", "products")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "hoso: products are not in generation 1; 'hoso rebuild' adds them\n")
  }

  @Test(
    "do not say when orders were worth what, so there are no scores before a rebuild",
    arguments: all.filter { $0.version < 4 })
  func scores(golden: Golden) throws {
    let shop = try golden.directory()
    let outcome = try shop.hoso("rfm")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(
      outcome.errors == "Note: " + golden.message
        + "hoso: these read models do not say when orders were worth what, which scores are made of; 'hoso rebuild' adds it\n"
    )
    #expect(try shop.json("profile", "show", "customer_id:KH-10025")["rfm"].isNull)
    _ = try shop.hoso("rebuild").successful
    #expect(try shop.hoso("rfm", "--as-of", "2026-04-01").errors.contains("these read models") == false)
  }

  @Test(
    "that say when orders were worth what give the scores that the program gave that made them",
    arguments: all.filter { $0.version >= 4 })
  func recentScores(golden: Golden) throws {
    let shop = try golden.directory()
    try shop.file("data/hoso.yaml", "currency: VND\nrates: {USD: 26000}\n")
    let outcome = try shop.hoso("rfm", "--as-of", "2026-03-31", "--format", "csv")
    #expect(outcome.status == 0 && outcome.errors == "Note: " + golden.message)
    #expect(try outcome.output == Data(contentsOf: golden.folder.appendingPathComponent("rfm.csv")))
  }

  @Test("before version 5 know no custom events, which a rebuild counts", arguments: all.filter { $0.version < 5 })
  func custom(golden: Golden) throws {
    let shop = try golden.directory()
    let quiz = SampleEvent.page("quiz").replacing("page.viewed", with: "custom.quiz_finished")
    _ = try shop.hoso("ingest", "-", input: quiz).successful
    let words = ["profile", "list", "--where", "custom.quiz_finished = 1", "--count"]
    #expect(try shop.hoso(words).text == "0\n")
    _ = try shop.hoso("rebuild").successful
    #expect(try shop.hoso(words).text == "1\n")
  }

  @Test("are brought up to date by a rebuild, and cannot be gone back to", arguments: all)
  func rebuild(golden: Golden) throws {
    let shop = try golden.directory()
    let rebuilt = try shop.json("rebuild", "--compare")
    #expect(rebuilt["events"].count == golden.events && rebuilt["compared"]["generation"].count == 1)
    #expect(try shop.json("status")["projections"].list.allSatisfy { $0["state"].text == "current" })
    let back = try shop.hoso("projection", "rollback")
    #expect(back.status == 1)
    #expect(
      back.errors
        == "hoso: generation 1 is of an older version than this program makes; 'hoso rebuild' builds another one\n")
    let fresh = try Shop()
    _ = try fresh.hoso(["ingest", "-"], input: try shop.hoso("log", "export").output).successful
    #expect(try shop.projectionDigest() == fresh.projectionDigest())
    let identifiers = try Data(contentsOf: golden.folder.appendingPathComponent("identifiers.csv"))
    #expect(try shop.hoso("identity", "export", "--format", "csv").output == identifiers)
  }

  @Test("name nobody else than they did when other identity rules are tried")
  func trial() throws {
    let shop = try Self.all[0].directory()
    try shop.file("rules.yaml", "identity:\n  types: [customer_id, email, phone]\n")
    let outcome = try shop.hoso("identity", "try", "rules.yaml")
    #expect(outcome.status == 0 && outcome.text.hasPrefix("24 people would be "), "\(outcome.text)\(outcome.errors)")
  }
}

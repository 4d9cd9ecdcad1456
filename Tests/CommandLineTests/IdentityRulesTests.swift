import Testing

@Suite("Other identity rules: identity try, and rules changed in hoso.yaml")
struct IdentityRulesTests {
  /// Customer numbers are not unique, and telephones are never shared.
  private static let open = """
    identity:
      types:
        - customer_id
        - {name: email, form: email}
        - {name: phone, form: phone}
        - {name: loyalty_id, unique: true}
        - marketplace_id
        - social_id
        - anonymous_id

    """
  /// The standard rules, but no e-mail address of the shop's own domain links anybody.
  private static let closed = "identity:\n  blocked_patterns: [\"email:*@example.vn\"]\n"

  private let shop: Shop

  init() throws { shop = try SmallShop.open() }

  @Test("A trial of stricter rules says who would come apart, and changes nothing")
  func strict() throws {
    let (log, digest) = (try shop.logDigest(), try shop.projectionDigest())
    let file = try shop.file("rules.yaml", Self.closed)
    let table = try shop.hoso("identity", "try", file)
    #expect(table.status == 0 && table.errors.isEmpty)
    #expect(
      table.lines.prefix(3) == [
        "3 people would be 5, of 7 identifiers.", "0 of today's people would become one with others.",
        "1 would come apart.",
      ])
    #expect(table.lines.count == 7, "a line for names, and one for each identifier")
    let json = try shop.json("identity", "try", file)
    #expect(json.keys == ["identifiers", "people_before", "people_after", "merged", "split", "changes"])
    #expect(json["identifiers"].count == 7 && json["people_before"].count == 3 && json["people_after"].count == 5)
    #expect(json["merged"].count == 0 && json["split"].count == 1)
    #expect(Set(json["changes"].list.compactMap { $0["value"].text }) == ["C1", "an@example.vn", "d1"])
    #expect(json["changes"].list.allSatisfy { $0["change"].text == "split" && $0["person"].text == SmallShop.an })
    #expect(try shop.hoso("identity", "try", file, "--format", "csv").lines.count == 4)
    #expect(try shop.logDigest() == log && shop.projectionDigest() == digest)
    #expect(try shop.hoso("projection", "list", "--format", "json").text.contains("\"generation\":1"))
  }

  @Test("A trial of looser rules says who would be one")
  func loose() throws {
    let json = try shop.json("identity", "try", try shop.file("rules.yaml", Self.open))
    #expect(json["people_before"].count == 3 && json["people_after"].count == 2 && json["split"].count == 0)
    #expect(Set(json["changes"].list.compactMap { $0["becomes"].text }) == [SmallShop.an])
    #expect(json["changes"].list.allSatisfy { $0["change"].text == "merge" })
  }

  @Test("A shared telephone is no person who would become one with others")
  func nobodyIsNotCounted() throws {
    let file = try shop.file("rules.yaml", Self.open)
    #expect(try shop.json("identity", "try", file)["merged"].count == 2, "those of C1 and of C2")
    #expect(
      try shop.hoso("identity", "try", file).lines.prefix(3) == [
        "3 people would be 2, of 7 identifiers.", "2 of today's people would become one with others.",
        "0 would come apart.",
      ])
  }

  @Test(
    "A trial of the rules that hold changes nobody", arguments: ["", "# nothing\n", "region: VN\n", "identity: {}\n"])
  func present(content: String) throws {
    let outcome = try shop.hoso("identity", "try", try shop.file("rules.yaml", content))
    #expect(outcome.text == "3 people would be 3, of 7 identifiers.\nNobody would change.\n")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test("A trial of other types says that a rebuild would do more")
  func types() throws {
    let outcome = try shop.hoso("identity", "try", try shop.file("rules.yaml", "identity:\n  types: [email]\n"))
    #expect(outcome.status == 0 && outcome.text.contains("The types differ, or their order"))
  }

  @Test("A trial of a file that is missing or wrong names it, with the line")
  func wrongFile() throws {
    for (content, place, word) in [
      (nil, "", "there is no such file"), ("identity:\n  types:\n    - {name: a, limit: 0}\n", ":3", "whole number"),
      ("identity:\n  blocked_patterns: ['*']\n", ":2", "every value"), ("region: [\n", ":2", "YAML"),
      ("identity:\n  types: [{name: a, shared_above: {b: 1}}]\n", ":2", "'b'"),
    ] as [(String?, String, String)] {
      if let content { try shop.file("rules.yaml", content) }
      let outcome = try shop.hoso("identity", "try", "rules.yaml")
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      #expect(
        outcome.errors.hasPrefix("hoso: rules.yaml\(place): ") && outcome.errors.contains(word), "\(outcome.errors)")
    }
    #expect(try shop.hoso("identity", "try").status == 2)
  }

  private static let note =
    "Note: the identity rules or the attribution window have changed since; 'hoso project' applies them.\n"

  @Test("Queries say that the rules have changed; 'project' groups by them, as a rebuild would")
  func regroup() throws {
    let first = try shop.projectionDigest()
    try shop.file("data/hoso.yaml", Self.open)
    for words in [
      ["identity", "explain", "C1", "M1"], ["identity", "shared"], ["profile", "list"], ["profile", "show", "C1"],
    ] {
      let outcome = try shop.hoso(words)
      #expect(outcome.status == 0 && outcome.errors == Self.note, "\(words): \(outcome.errors)")
    }
    #expect(try shop.json("identity", "explain", "C1", "M1")["one_person"].flag == false, "by the rules of before")
    let log = try shop.logDigest()
    let project = try shop.hoso("project")
    #expect(project.status == 0 && project.output.isEmpty)
    #expect(
      project.errors == """
        The identity rules have changed: 3 people are now 2.
        0 events folded

        """)
    #expect(try shop.json("identity", "explain", "C1", "M1")["one_person"].flag == true)
    #expect(try shop.hoso("identity", "shared").errors == "Nothing is shared or blocked.\n")
    let regrouped = try shop.projectionDigest()
    #expect(regrouped != first)
    #expect(try shop.hoso("project").errors == "0 events folded\n", "once is enough")
    _ = try shop.hoso("rebuild").successful
    #expect(try shop.projectionDigest() == regrouped)
    try shop.file("data/hoso.yaml", "region: VN\n")
    _ = try shop.hoso("project").successful
    #expect(try shop.projectionDigest() == first, "and back")
    #expect(try shop.logDigest() == log)
  }

  @Test("'ingest' groups by rules that have changed, and folds what it takes")
  func ingest() throws {
    try shop.file("data/hoso.yaml", Self.closed)
    let outcome = try shop.hoso(
      "ingest", "-", input: SmallShop.page(8, #"{"anonymous_id":"d1","email":"bo@example.vn"}"#, minute: 7))
    #expect(outcome.status == 0 && outcome.errors.contains("The identity rules have changed: "))
    #expect(try shop.json("identity", "explain", "d1", "bo@example.vn")["obstacles"][0]["kind"].text == "blocked")
    let digest = try shop.projectionDigest()
    _ = try shop.hoso("rebuild").successful
    #expect(try shop.projectionDigest() == digest)
  }

  @Test("A blocked value is nobody's profile, and is listed")
  func blocked() throws {
    try shop.file("data/hoso.yaml", "identity:\n  blocked_patterns: [\"anonymous_id:d?\"]\n")
    _ = try shop.hoso("project").successful
    let profile = try shop.hoso("profile", "show", "d1")
    #expect(profile.status == 1 && profile.output.isEmpty)
    #expect(
      profile.errors
        == "hoso: anonymous_id:d1 is a value that names nobody by the rules; 'hoso identity shared' lists these\n")
    #expect(
      try shop.hoso(
        "identity", "shared", "--where", "why = 'blocked'", "--format", "csv", "--fields", "type,value,people"
      ).text
        == "type,value,people\nanonymous_id,d1,1\n")
    let obstacle = try shop.json("identity", "explain", "d1", "C1")["obstacles"][0]
    #expect(obstacle["kind"].text == "blocked")
    #expect(obstacle["text"].text == "anonymous_id:d1 is blocked: the value names nobody, and links nobody.")
  }

  @Test("Types that may not be linked are named by explain")
  func linksWith() throws {
    try shop.file(
      "data/hoso.yaml",
      Self.open.replacing("    - anonymous_id", with: "    - {name: anonymous_id, links_with: [customer_id]}"))
    _ = try shop.hoso("project").successful
    let obstacle = try shop.json("identity", "explain", "d1", "an@example.vn")["obstacles"][0]
    #expect(obstacle["kind"].text == "types")
    #expect(obstacle["text"].text == "The rules never link anonymous_id with email (links_with).")
  }

  @Test(
    "People are listed and counted in a shop whose types are not the standard ones",
    arguments: [
      ("[customer_id]", #"{"customer_id":"C1"}"#),
      ("[{name: email, form: email}, customer_id]", #"{"customer_id":"C1","email":"an@example.vn"}"#),
      ("[{name: mail, form: email}]", #"{"mail":"an@example.vn"}"#),
    ])
  func ownTypes(types: String, ids: String) throws {
    let shop = try Shop()
    try shop.file("data/hoso.yaml", "identity:\n  types: \(types)\n")
    _ = try shop.hoso("ingest", "-", input: SampleEvent.page("1", ids: ids)).successful
    #expect(try shop.hoso("profile", "list").status == 0)
    #expect(try shop.hoso("profile", "list", "--count").text == "1\n")
  }

  @Test("Types in another order are for a rebuild, and every answer says so until it is done")
  func reordered() throws {
    try shop.file("data/hoso.yaml", "identity:\n  types: [{name: email, form: email}, customer_id, anonymous_id]\n")
    let note =
      "Note: the identifier types of the configuration are not those of the read models; 'hoso rebuild' takes them.\n"
    let digest = try shop.projectionDigest()
    #expect(try shop.hoso("profile", "list", "--fields", "person").errors == note)
    #expect(try shop.hoso("project").errors == "0 events folded\n")
    #expect(try shop.projectionDigest() == digest, "not grouped by rules that need other states")
    #expect(try shop.hoso("profile", "list", "--fields", "person").errors == note)
    _ = try shop.hoso("rebuild").successful
    #expect(try shop.hoso("profile", "list", "--fields", "person").errors.isEmpty)
    #expect(try shop.projectionDigest() != digest)
    #expect(
      try shop.json("profile", "show", "an@example.vn")["identifiers"][0]["type"].text == "email", "the strongest")
  }
}

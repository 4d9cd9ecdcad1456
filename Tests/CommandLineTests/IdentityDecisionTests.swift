import Foundation
import Testing

@Suite("identity link, unlink and undo")
struct IdentityDecisionTests {
  private let shop: Shop

  init() throws { shop = try SmallShop.open() }

  private func decide(_ words: String..., says text: String, place: SourceLocation = #_sourceLocation) throws {
    let outcome = try shop.hoso(["identity"] + words)
    #expect(outcome.text == text && outcome.errors.isEmpty, "\(outcome.errors)", sourceLocation: place)
    #expect(outcome.status == 0, sourceLocation: place)
  }

  private func people() throws -> String { try shop.hoso("identity", "export").successful.text }

  @Test("A link makes one person of two, and taking it back makes two of them again")
  func link() throws {
    let before = try people()
    try decide(
      "link", "bo@example.vn", "d1", "--by", "lan", "--reason", "asked",
      says: "email:bo@example.vn and anonymous_id:d1 are one person, p66sw8zdz74y9sqec\n")
    #expect(try shop.json("profile", "show", "C1")["ids"]["email"].list.count == 2)
    let step = try shop.json("identity", "explain", "bo@example.vn", "C1")["path"][0]
    #expect(step.keys == ["from", "to", "kind", "rule", "events"])
    #expect(step["kind"].text == "decision" && step["rule"].text == "linked by lan: asked")
    #expect(step["events"].list.map { $0["position"].count } == [8])
    #expect(step["events"][0]["type"].text == "identity.linked" && step["events"][0]["source"].text == "hoso")
    try decide(
      "undo", "anonymous_id:d1", "BO@example.vn",
      says: "anonymous_id:d1 is p66sw8zdz74y9sqec, email:bo@example.vn is p57fcmkzdhv9rq4ej\n")
    #expect(try people() == before)
  }

  @Test("An unlink makes two people of one, says so in the explanation, and is taken back")
  func unlink() throws {
    let before = try people()
    try decide(
      "unlink", "an@example.vn", "d1", "--by", "lan", "--reason", "a tablet of the shop",
      says: "email:an@example.vn is p66sw8zdz74y9sqec, anonymous_id:d1 is pqrq8v27m92zv25qr\n")
    let direct = try shop.json("identity", "explain", "d1", "an@example.vn")["obstacles"][0]
    #expect(direct["kind"].text == "unlinked")
    #expect(
      direct["text"].text?.hasPrefix("anonymous_id:d1 and email:an@example.vn were unlinked by lan on ") == true
        && direct["text"].text?.hasSuffix(": a tablet of the shop.") == true)
    let far = try shop.hoso("identity", "explain", "d1", "C1")
    #expect(far.text.contains("  A link was not taken, as anonymous_id:d1 and email:an@example.vn were unlinked.\n"))
    #expect(try shop.count("profile") == 4)
    #expect(
      try shop.json("identity", "conflicts", "--where", "reason != ''").list.compactMap { $0["reason"].text }.contains(
        "email:an@example.vn and anonymous_id:d1 were unlinked"))
    try decide(
      "undo", "d1", "an@example.vn", says: "anonymous_id:d1 and email:an@example.vn are one person, p66sw8zdz74y9sqec\n"
    )
    #expect(try people() == before)
  }

  @Test("A link of two customer numbers wins over the rule that each has one")
  func limit() throws {
    try decide(
      "link", "C1", "C2", "--by", "lan", says: "customer_id:C1 and customer_id:C2 are one person, p66sw8zdz74y9sqec\n")
    #expect(try shop.json("profile", "show", "C2")["ids"]["customer_id"].list.map(\.text) == ["C1", "C2"])
    #expect(try shop.hoso("identity", "conflicts").errors == "There are no conflicts.\n")
  }

  @Test("A link gives a shared telephone to one person")
  func shared() throws {
    try decide(
      "link", "0901234567", "C2", says: "phone:+84901234567 and customer_id:C2 are one person, px3jfyvd2jbrct4md\n")
    #expect(try shop.json("profile", "show", "0901234567")["person"].text == SmallShop.cy)
  }

  @Test("A decision is an event of the log like others: who, what, and why")
  func event() throws {
    _ = try shop.hoso(
      "identity", "unlink", "C1", "bo@example.vn", "--by", "Lan Ph\u{1EA1}m", "--reason", "\"two\" sisters"
    ).successful
    let event = try Answer(parsing: try #require(try shop.hoso("log", "export").lines.last))
    #expect(
      event["type"].text == "identity.unlinked" && event["source"].text == "hoso" && event["channel"].text == "crm")
    #expect(event["data"]["a"]["customer_id"].text == "C1" && event["data"]["b"]["email"].text == "bo@example.vn")
    #expect(event["data"]["by"].text == "Lan Ph\u{1EA1}m" && event["data"]["reason"].text == "\"two\" sisters")
    #expect(try shop.isSound())
    // The log alone gives the same people.
    let digest = try shop.projectionDigest()
    _ = try shop.hoso("rebuild").successful
    #expect(try shop.projectionDigest() == digest)
  }

  @Test("Whoever decides is the user, where no name is given")
  func user() throws {
    _ = try shop.hoso(["identity", "link", "C1", "bo@example.vn"], environment: ["USER": "thu"]).successful
    #expect(try shop.json("identity", "explain", "C1", "bo@example.vn")["path"][0]["rule"].text == "linked by thu")
  }

  @Test(
    "An identifier and itself cannot be decided about, however it is written", arguments: ["link", "unlink", "undo"])
  func itself(command: String) throws {
    let before = try shop.logDigest()
    for (a, b, name) in [
      ("C1", "customer_id:C1", "customer_id:C1"), ("0901 234 567", "phone:+84901234567", "phone:+84901234567"),
      ("an@example.vn", "email:AN@Example.vn", "email:an@example.vn"), (SmallShop.an, "C1", "customer_id:C1"),
    ] {
      let outcome = try shop.hoso("identity", command, a, b)
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      #expect(outcome.errors == "hoso: both names mean \(name); name two identifiers\n")
    }
    #expect(try shop.logDigest() == before && shop.json("log", "info")["events"].count == 7)
  }

  @Test("There is nothing to take back where nothing is decided, or no more")
  func undoNothing() throws {
    let error =
      "hoso: nothing stands decided about customer_id:C1 and customer_id:C2; 'hoso identity explain' says why they are one person or not\n"
    func expectRefused(events: Int) throws {
      let outcome = try shop.hoso("identity", "undo", "C1", "C2")
      #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors == error)
      #expect(try shop.json("log", "info")["events"].count == events)
    }
    try expectRefused(events: 7)
    _ = try shop.hoso("identity", "link", "C2", "C1").successful
    _ = try shop.hoso("identity", "undo", "C1", "C2").successful
    try expectRefused(events: 9)
  }

  @Test(
    "What an operator decides stands, also where the clock of who decided before is ahead")
  func clockAhead() throws {
    let time = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 7200))
    let event = SampleEvent.page(
      "8", ids: "{}", time: time, type: "identity.unlinked", source: "crm",
      data: #"{"a":{"email":"an@example.vn"},"b":{"anonymous_id":"d1"},"by":"crm"}"#)
    _ = try shop.hoso("ingest", "-", input: event).successful
    #expect(try shop.json("identity", "explain", "d1", "C1")["one_person"].flag == false)
    try decide(
      "undo", "d1", "an@example.vn", says: "anonymous_id:d1 and email:an@example.vn are one person, p66sw8zdz74y9sqec\n"
    )
  }

  @Test("A value that several people have is no name for one of them")
  func ambiguous() throws {
    try shop.hoso("ingest", "-", input: SampleEvent.page("8", ids: #"{"loyalty_id":"C1"}"#))
    let outcome = try shop.hoso("identity", "link", "C1", "bo@example.vn")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("customer_id:C1") && outcome.errors.contains("loyalty_id:C1"))
    #expect(try shop.json("log", "info")["events"].count == 8)
  }
}

@Suite("identity candidates")
struct IdentityCandidateTests {
  private static func person(_ number: Int, _ name: String, _ birthday: String) -> String {
    SampleEvent.page(
      "\(number)", ids: #"{"customer_id":"K\#(number)"}"#, type: "customer.registered",
      data: #"{"name":"\#(name)","birthday":"\#(birthday)"}"#)
  }

  private static let people =
    person(1, "Nguy\u{1EC5}n Th\u{1ECB} H\u{01B0}\u{01A1}ng", "1990-05-14")
    + person(2, "Huong Nguyen Thi", "1990-05-14")
    + person(3, "Tr\u{1EA7}n V\u{0103}n B\u{00EC}nh", "1971-01-30")
    + person(4, "L\u{00EA} Qu\u{1ED1}c Kh\u{00E1}nh", "1985-11-02")

  @Test("Two spellings of one person are found, linked, and found no more")
  func found() throws {
    let shop = try Shop()
    _ = try shop.hoso("ingest", "-", input: Self.people).successful
    let pairs = try shop.json("identity", "candidates").list
    #expect(pairs.count == 1)
    let pair = try #require(pairs.first)
    #expect(pair.keys == ["score", "person_a", "a", "who_a", "person_b", "b", "who_b", "reasons"])
    #expect(Set([pair["a"].text, pair["b"].text]) == ["customer_id:K1", "customer_id:K2"])
    #expect(pair["reasons"].list.compactMap(\.text).contains("same birthday"))
    let table = try shop.hoso("identity", "candidates")
    #expect(table.status == 0 && table.errors.isEmpty && table.lines.count == 2)
    #expect(table.text.contains("Nguy\u{1EC5}n Th\u{1ECB} H\u{01B0}\u{01A1}ng") && table.text.contains("same name"))
    let before = try shop.logDigest()
    #expect(try shop.hoso("identity", "candidates", "--count").text == "1\n")
    #expect(try shop.logDigest() == before, "nothing is linked")
    _ = try shop.hoso("identity", "link", "K1", "K2").successful
    #expect(try shop.hoso("identity", "candidates").errors == "Nobody seems to be there twice.\n")
  }

  @Test("A pair that was unlinked is left out")
  func unlinked() throws {
    let shop = try Shop()
    _ = try shop.hoso("ingest", "-", input: Self.people).successful
    _ = try shop.hoso("identity", "unlink", "K1", "K2", "--reason", "twins").successful
    #expect(try shop.json("identity", "candidates").list.isEmpty)
  }

  @Test("A score that no pair can have is refused", arguments: ["0", "2", "-1", "high"])
  func scores(score: String) throws {
    let outcome = try SmallShop.shared.get().hoso("identity", "candidates", "--min-score=\(score)")
    #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errors.contains("--min-score"))
  }
}

import Testing

/// A shop of seven events: C1 and C2 share a telephone, and a marketplace account was seen with both.
enum SmallShop {
  static let pages: [(ids: String, minute: Int)] = [
    (#"{"customer_id":"C1","email":"an@example.vn"}"#, 0), (#"{"email":"an@example.vn","anonymous_id":"d1"}"#, 1),
    (#"{"customer_id":"C1","phone":"0901234567"}"#, 2), (#"{"customer_id":"C2","phone":"0901234567"}"#, 3),
    (#"{"customer_id":"C2","marketplace_id":"M1"}"#, 4), (#"{"customer_id":"C1","marketplace_id":"M1"}"#, 5),
    (#"{"email":"bo@example.vn"}"#, 6),
  ]
  /// The ids of the people of C1, C2, Bo and the telephone: they follow from the keys of these identifiers.
  static let (an, cy, bo, phone) = ("p66sw8zdz74y9sqec", "px3jfyvd2jbrct4md", "p57fcmkzdhv9rq4ej", "pvbzncdkthc9jddv2")

  static func page(_ number: Int, _ ids: String, minute: Int) -> String {
    SampleEvent.page("\(number)", ids: ids, time: "2026-03-01T10:0\(minute):00+07:00")
  }

  static func open() throws -> Shop {
    let shop = try Shop()
    let lines = pages.enumerated().map { page($0 + 1, $1.ids, minute: $1.minute) }
    _ = try shop.hoso("ingest", "-", input: lines.joined()).successful
    return shop
  }

  /// For questions only.
  static let shared = Result { try open() }
}

@Suite("identity explain")
struct IdentityExplainTests {
  private let shop: Shop

  init() throws { shop = try SmallShop.shared.get() }

  private func expect(
    _ words: String..., page: String, place: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try shop.hoso(["identity", "explain"] + words)
    #expect(outcome.text == page, sourceLocation: place)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)", sourceLocation: place)
  }

  @Test("The way from one identifier of a person to another is told, with the first events of each link")
  func chain() throws {
    try expect(
      "C1", "anonymous_id:d1",
      page: """
        customer_id:C1 and anonymous_id:d1 are one person, p66sw8zdz74y9sqec.

        customer_id:C1
          │ customer_id and email on one event: 1 event, 2026-03-01 10:00
          │   2026-03-01 10:00  page.viewed  web  1  position 1
        email:an@example.vn
          │ email and anonymous_id on one event: 1 event, 2026-03-01 10:01
          │   2026-03-01 10:01  page.viewed  web  2  position 2
        anonymous_id:d1

        """)
  }

  @Test("As many events are shown as are asked for, also none")
  func events() throws {
    try expect(
      "C1", "AN@example.vn", "--events", "0",
      page: """
        customer_id:C1 and email:an@example.vn are one person, p66sw8zdz74y9sqec.

        customer_id:C1
          │ customer_id and email on one event: 1 event, 2026-03-01 10:00
        email:an@example.vn

        """)
    let outcome = try shop.hoso("identity", "explain", "C1", "C2", "--events", "-1")
    #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errors.contains("'-1'"))
  }

  @Test("A shared telephone is named, with what it was seen with")
  func shared() throws {
    try expect(
      "0901 234 567", "an@example.vn",
      page: """
        phone:+84901234567 is pvbzncdkthc9jddv2 and email:an@example.vn is p66sw8zdz74y9sqec.
          phone:+84901234567 is shared: it was seen with 2 customer_id, and links nobody.

        What brings them together:
        phone:+84901234567
          │ phone and customer_id on one event: 1 event, 2026-03-01 10:02
          │   2026-03-01 10:02  page.viewed  web  3  position 3
        customer_id:C1
          │ customer_id and email on one event: 1 event, 2026-03-01 10:00
          │   2026-03-01 10:00  page.viewed  web  1  position 1
        email:an@example.vn

        """)
  }

  @Test("A link that a limit forbids is told with the values that would be too many")
  func conflict() throws {
    try expect(
      "C1", "marketplace_id:M1",
      page: """
        customer_id:C1 is p66sw8zdz74y9sqec and marketplace_id:M1 is px3jfyvd2jbrct4md.
          A link was not taken, as a person holds at most 1 customer_id: C1 and C2.

        What brings them together:
        customer_id:C1
          │ customer_id and marketplace_id on one event: 1 event, 2026-03-01 10:05
          │   2026-03-01 10:05  page.viewed  web  6  position 6
        marketplace_id:M1

        """)
  }

  @Test("Strangers, and an identifier and itself, are told in a line or two")
  func short() throws {
    try expect(
      "C1", "bo@example.vn",
      page: """
        customer_id:C1 is p66sw8zdz74y9sqec and email:bo@example.vn is p57fcmkzdhv9rq4ej.
          They were never seen together, not even by way of others.

        """)
    try expect("C1", SmallShop.an, page: "customer_id:C1 is p66sw8zdz74y9sqec.\n")
  }

  @Test("JSON has every field of a chain")
  func json() throws {
    let answer = try shop.json("identity", "explain", "C1", "d1")
    #expect(answer.keys == ["a", "b", "person_a", "person_b", "one_person", "obstacles", "path"])
    #expect(answer["a"].text == "customer_id:C1" && answer["b"].text == "anonymous_id:d1")
    #expect(answer["person_a"].text == SmallShop.an && answer["person_b"].text == SmallShop.an)
    #expect(answer["one_person"].flag == true && answer["obstacles"].list.isEmpty && answer["obstacles"].exists)
    #expect(answer["path"].list.count == 2)
    let step = answer["path"][0]
    #expect(step.keys == ["from", "to", "kind", "rule", "count", "first_seen", "last_seen", "events"])
    #expect(step["from"].text == "customer_id:C1" && step["to"].text == "email:an@example.vn")
    #expect(step["kind"].text == "link" && step["rule"].text == "customer_id and email on one event")
    #expect(step["count"].count == 1 && step["first_seen"].text == "2026-03-01T03:00:00Z")
    let event = step["events"][0]
    #expect(event.keys == ["position", "time", "type", "id", "source"])
    #expect(event["position"].count == 1 && event["time"].text == "2026-03-01T03:00:00Z")
    #expect(event["type"].text == "page.viewed" && event["id"].text == "1" && event["source"].text == "web")
  }

  @Test(
    "JSON names what stands between two people by kind and in words",
    arguments: [
      (
        "phone:0901234567", "an@example.vn", "shared",
        "phone:+84901234567 is shared: it was seen with 2 customer_id, and links nobody.", 2
      ),
      ("C1", "M1", "conflict", "A link was not taken, as a person holds at most 1 customer_id: C1 and C2.", 1),
      ("C2", "bo@example.vn", "no_path", "They were never seen together, not even by way of others.", 0),
    ])
  func obstacles(a: String, b: String, kind: String, text: String, steps: Int) throws {
    let answer = try shop.json("identity", "explain", a, b)
    #expect(answer["one_person"].flag == false && answer["person_a"].text != answer["person_b"].text)
    #expect(answer["obstacles"].list.count == 1)
    #expect(answer["obstacles"][0].keys == ["kind", "text"])
    #expect(answer["obstacles"][0]["kind"].text == kind && answer["obstacles"][0]["text"].text == text)
    #expect(answer["path"].list.count == steps)
  }

  @Test("The conflicts are listed in every format")
  func conflicts() throws {
    let table = try shop.hoso("identity", "conflicts")
    #expect(
      table.text == """
        ORDERS  EVENTS  IDENTIFIER      SEEN WITH          NOT ONE PERSON, AS
             0       1  customer_id:C1  marketplace_id:M1  a person holds at most 1 customer_id: C1 and C2

        """)
    #expect(table.status == 0 && table.errors.isEmpty)
    #expect(
      try shop.hoso("identity", "conflicts", "--format", "csv").text == """
        a,b,people,orders,events,reason,person_a,person_b,first_seen,last_seen
        customer_id:C1,marketplace_id:M1,2,0,1,a person holds at most 1 customer_id: C1 and C2,p66sw8zdz74y9sqec,px3jfyvd2jbrct4md,2026-03-01T03:05:00Z,2026-03-01T03:05:00Z

        """)
    let row = try shop.json("identity", "conflicts")[0]
    #expect(row["person_a"].text == SmallShop.an && row["person_b"].text == SmallShop.cy && row["people"].count == 2)
    #expect(try shop.hoso("identity", "conflicts", "--count").text == "1\n")
    #expect(try shop.hoso("identity", "conflicts", "--where", "orders > 0").errors == "There are no conflicts.\n")
    #expect(try shop.hoso("identity", "conflicts", "--sort", "nonsense").status == 2)
  }

  @Test("What is shared is listed in every format")
  func sharedList() throws {
    let table = try shop.hoso("identity", "shared")
    #expect(
      table.text == """
        PEOPLE  ORDERS  TYPE   VALUE         WHY     SEEN WITH
             2       0  phone  +84901234567  shared  2 customer_id

        """)
    #expect(table.status == 0 && table.errors.isEmpty)
    #expect(
      try shop.hoso("identity", "shared", "--format", "csv", "--fields", "type,value,why,people").text
        == "type,value,why,people\nphone,+84901234567,shared,2\n")
    let row = try shop.json("identity", "shared")[0]
    #expect(row["seen_with"].text == "2 customer_id" && row["events"].count == 0)
    #expect(row["first_seen"].text == "2026-03-01T03:02:00Z" && row["last_seen"].text == "2026-03-01T03:03:00Z")
    #expect(
      try shop.hoso("identity", "shared", "--where", "why = 'blocked'").errors == "Nothing is shared or blocked.\n")
  }

  @Test(
    "A shared telephone is nobody's profile, and the answer names those it was seen with", arguments: ["table", "json"])
  func profileOfShared(format: String) throws {
    for who in ["0901234567", "phone:+84 901 234 567"] {
      let outcome = try shop.hoso("profile", "show", who, "--format", format)
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      #expect(
        outcome.errors == """
          hoso: phone:+84901234567 is shared by several people, so it is nobody's; it was seen with
            p66sw8zdz74y9sqec
            px3jfyvd2jbrct4md
          name one of them; 'hoso identity shared' lists such identifiers

          """)
    }
  }
}

@Suite("Bad input to the identity commands")
struct IdentityInputTests {
  @Test("An identifier of ten thousand characters is refused or unknown, and nothing is printed for it")
  func long() throws {
    let shop = try SmallShop.shared.get()
    let value = String(repeating: "x", count: 10_000)
    for who in [value, "email:\(value)@x.vn", "customer_id:\(value)", "phone:" + String(repeating: "1", count: 10_000)]
    {
      for words in [
        ["identity", "explain", "C1", who], ["identity", "explain", who, "C1"], ["profile", "show", who],
      ] {
        let outcome = try shop.hoso(words)
        #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors.hasPrefix("hoso: "))
      }
    }
    #expect(try shop.hoso("identity", "explain", "email:\(value)@x.vn", "C1").errors.contains("longer than 256 bytes"))
  }

  @Test("An event with an identifier of ten thousand characters is kept by its others")
  func longInEvent() throws {
    let shop = try Shop()
    let value = String(repeating: "x", count: 10_000)
    let outcome = try shop.hoso(
      "ingest", "-", "--format", "json",
      input: SampleEvent.page("1", ids: #"{"customer_id":"C1","email":"\#(value)@x.vn"}"#))
    #expect(try outcome.json["accepted"].count == 1)
    #expect(try shop.json("profile", "show", "C1")["ids"].keys == ["customer_id"])
  }

  @Test("A look-alike letter in an address is another address of another person")
  func lookAlike() throws {
    let shop = try Shop()
    // The second begins with a Cyrillic letter.
    let (latin, cyrillic) = ("an@example.vn", "\u{0430}n@example.vn")
    try shop.hoso(
      "ingest", "-",
      input: SampleEvent.page("1", ids: #"{"email":"\#(latin)"}"#)
        + SampleEvent.page("2", ids: #"{"email":"\#(cyrillic)"}"#))
    let answer = try shop.json("identity", "explain", latin, cyrillic)
    #expect(answer["one_person"].flag == false && answer["obstacles"][0]["kind"].text == "no_path")
    #expect(answer["a"].text == "email:\(latin)" && answer["b"].text == "email:\(cyrillic)")
    #expect(try shop.count("profile") == 2)
  }

  @Test("Tags and dots of an address are kept, unless the configuration says that they tell nobody apart")
  func tags() throws {
    let pages =
      SampleEvent.page("1", ids: #"{"email":"a.n+shop@example.vn"}"#)
      + SampleEvent.page("2", ids: #"{"email":"an@example.vn"}"#)
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: pages)
    #expect(try shop.count("profile") == 2)
    #expect(try shop.json("profile", "show", "A.N+Shop@example.vn")["ids"]["email"][0].text == "a.n+shop@example.vn")
    let folding = try Shop()
    try folding.file(
      "data/hoso.yaml",
      "identity:\n  types: [{name: email, form: email, drop_tags: true, dotless_domains: [example.vn]}]\n")
    try folding.hoso("ingest", "-", input: pages)
    #expect(try folding.json("profile", "list").list.count == 1)
    #expect(try folding.json("profile", "show", "a.n+other@example.vn")["ids"]["email"][0].text == "an@example.vn")
  }

  @Test(
    "A telephone with an extension is refused with the reason",
    arguments: ["+84 24 3825 1234 x12", "0901234567 ext. 5", "0901234567;ext=5", "0901234567 m\u{E1}y l\u{1EBB} 12"])
  func extensions(number: String) throws {
    let shop = try SmallShop.shared.get()
    for words in [["identity", "explain", "phone:\(number)", "C1"], ["profile", "show", "phone:\(number)"]] {
      let outcome = try shop.hoso(words)
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      #expect(
        outcome.errors
          == "hoso: 'phone:\(number)' is no usable identifier: the phone number has an extension, and without it would be everybody's behind that switchboard\n"
      )
    }
  }

  @Test("Who is unknown is named, whichever of the two it is", arguments: ["explain", "link", "unlink", "undo"])
  func unknown(command: String) throws {
    let shop = try SmallShop.open()
    let before = try shop.logDigest()
    for words in [["nobody@x.vn", "C1"], ["C1", "nobody@x.vn"]] {
      let outcome = try shop.hoso(["identity", command] + words)
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      #expect(
        outcome.errors
          == "hoso: nobody is known as 'nobody@x.vn'; give an identifier as type:value, its value alone, or a person id\n"
      )
    }
    #expect(try shop.logDigest() == before)
    #expect(try shop.hoso("identity", command, "C1").status == 2, "a second name is missing")
  }

  @Test(
    "Without a data directory nothing is created", arguments: ["explain", "link", "conflicts", "shared", "candidates"])
  func nothing(command: String) throws {
    let shop = try Shop()
    let outcome = try shop.hoso(["identity", command] + (["explain", "link"].contains(command) ? ["a", "b"] : []))
    #expect(outcome.status == 1 && outcome.output.isEmpty && !outcome.errors.isEmpty)
    #expect(!shop.exists("data"))
  }
}

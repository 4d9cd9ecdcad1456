import Testing

@Suite("Events of types that need no schema")
struct CustomEventTests {
  private let shop: Shop

  init() throws {
    shop = try Shop()
    let events = [
      Self.event("1", "quiz_finished", 1, #"{"score":7,"answers":[{"q":1,"a":null}]}"#),
      Self.event("2", "cup.returned", 2),
      Self.event("3", "quiz_finished", 3, "{}"),
    ]
    #expect(try shop.hoso("ingest", "-", input: events.joined()).text.contains("3 accepted"))
  }

  private static func event(_ id: String, _ name: String, _ day: Int, _ data: String = "{}") -> String {
    SampleEvent.page(id, time: "2026-03-0\(day)T10:00:00+07:00", type: "custom.\(name)", data: data)
  }

  @Test("are counted in the profile, as a table and as JSON")
  func profile() throws {
    let page = try shop.hoso("profile", "show", "an@example.vn").text
    #expect(
      page.contains(
        """

        Custom events
        TYPE                  EVENTS  FIRST             LAST
        custom.quiz_finished       2  2026-03-01 10:00  2026-03-03 10:00
        custom.cup.returned        1  2026-03-02 10:00  2026-03-02 10:00

        """), "\(page)")
    #expect(page.contains("2026-03-02 10:00  custom.cup.returned"), "the latest events name them")
    let custom = try shop.json("profile", "show", "an@example.vn")["custom"]
    #expect(custom.keys == ["quiz_finished", "cup.returned"])
    let quiz = custom["quiz_finished"]
    #expect(quiz["count"].count == 2 && quiz["first"].text == "2026-03-01T03:00:00Z")
    #expect(quiz["last"].text == "2026-03-03T03:00:00Z")
    #expect(
      try shop.json("profile", "show", "an@example.vn", "--as-of", "2026-03-01")["custom"].keys == ["quiz_finished"])
  }

  @Test("are an empty object for somebody without any, and no section of the table")
  func none() throws {
    _ = try shop.hoso("ingest", "-", input: SampleEvent.page("9", ids: #"{"email":"bo@example.vn"}"#)).successful
    let custom = try shop.json("profile", "show", "bo@example.vn")["custom"]
    #expect(custom.exists && custom.keys.isEmpty)
    #expect(try !shop.hoso("profile", "show", "bo@example.vn").text.contains("Custom events"))
  }

  @Test("are listed, filtered and explained by the name of their type")
  func lists() throws {
    let words = ["profile", "list", "--where", "custom.quiz_finished >= 2"]
    let fields = ["--fields", "email,custom.quiz_finished,custom.cup.returned.last", "--format", "csv"]
    #expect(
      try shop.hoso(words + fields).text == """
        email,custom.quiz_finished,custom.cup.returned.last
        an@example.vn,2,2026-03-02T03:00:00Z

        """)
    let explained = try shop.json("profile", "show", "an@example.vn", "--explain", "custom.quiz_finished")
    #expect(explained["events"].list.map { $0["id"].text } == ["1", "3"])
    let wrong = try shop.hoso("profile", "list", "--sort", "custom.Quiz")
    #expect(wrong.status == 2 || wrong.status == 1)
    #expect(wrong.errors.contains("there is no field 'custom.Quiz'"))
  }

  @Test("lie in the log as they were sent")
  func stored() throws {
    #expect(try shop.hoso("log", "export").text.contains(#""data":{"score":7,"answers":[{"q":1,"a":null}]}}"#))
    #expect(try shop.hoso("log", "verify").status == 0)
  }

  @Test("are put into the quarantine where they are named otherwise, with how names look")
  func misnamed() throws {
    let outcome = try shop.hoso("ingest", "-", input: Self.event("5", "Quiz", 4))
    #expect(outcome.status == 3 && outcome.errors.contains("'custom.Quiz' is no event type"), "\(outcome.errors)")
  }

  /// An upcaster that the shop adds for such a type moves one field where another event has one already, so that one is
  /// parked when all are read again.
  @Test("are named by a comparison of read models that count them differently")
  func compared() throws {
    func schema(_ version: Int) -> String {
      #"{"$id":"urn:hoso:schema:custom.quiz_finished:\#(version)","type":"object"}"#
    }
    let (before, after) = (Self.event("1", "quiz_finished", 1, #"{"score":7}"#), #"{"points":7}"#)
    let changed = SampleEvent.page(
      "1", time: "2026-03-01T10:00:00+07:00", type: "custom.quiz_finished", data: after, more: #""version":2,"#)
    let names = ["1.json", "2.json", "2.upcast.json", "2.upcast.ndjson"]
    try shop.file(names[0], schema(1))
    try shop.file(names[1], schema(2))
    try shop.file(
      names[2],
      #"{"from":1,"to":2,"description":"Points.","steps":[{"move":{"from":"/score","to":"/points"}}]}"#)
    try shop.file(names[3], #"{"before":\#(before.dropLast()),"after":[\#(changed.dropLast())]}"# + "\n")
    _ = try shop.hoso("ingest", "-", input: Self.event("4", "quiz_finished", 4, #"{"score":1,"points":1}"#)).successful
    _ = try shop.hoso("schema", "add", names[0]).successful
    _ = try shop.hoso("schema", "add", names[1]).successful
    let people = try shop.json("rebuild", "--compare", "--no-promote")["compared"]["tables"].list
      .first { $0["table"].text == "people" }
    let fields = try #require(people)["fields"].keys
    #expect(fields.isSuperset(of: ["custom.quiz_finished.count", "custom.quiz_finished.last"]), "\(fields)")
    #expect(!fields.contains("custom.quiz_finished.first") && !fields.contains("custom.cup.returned.count"))
  }
}

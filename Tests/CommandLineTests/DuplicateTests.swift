import Testing

@Suite("Events that come again")
struct DuplicateTests {
  private func shop(holding event: String) throws -> Shop {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: event)
    return shop
  }

  @Test(
    "An event that is spelt differently and means the same is a duplicate",
    arguments: [
      // Members in another order, blanks between tokens.
      #"{ "data" : {"items":[], "order_id":"o1", "total":12.5, "currency":"USD", "discount":0}, "ids":{"email":"an@example.vn"},"#
        + #" "channel":"web","source":"web","time":"2026-03-01T10:00:00+07:00","type":"order.placed","id":"1" }"#,
      // Numbers by value.
      #"{"id":"1","type":"order.placed","time":"2026-03-01T10:00:00+07:00","source":"web","channel":"web","#
        + #""ids":{"email":"an@example.vn"},"data":{"order_id":"o1","currency":"USD","total":1.250e1,"discount":0.00,"items":[]}}"#,
      // Defaults written out, escapes, and an identifier before it is normalised.
      #"{"id":"\u0031","type":"order.placed","version":1,"backfill":false,"time":"2026-03-01T10:00:00+07:00","source":"web","#
        + #""channel":"web","ids":{"email":" AN@example.VN "},"data":{"order_id":"o1","currency":"USD","total":12.5,"discount":0,"#
        + #""items":[]}}"#,
    ])
  func otherSpelling(event: String) throws {
    let shop = try shop(
      holding: #"{"id":"1","type":"order.placed","time":"2026-03-01T10:00:00+07:00","source":"web","channel":"web","#
        + #""ids":{"email":"an@example.vn"},"data":{"order_id":"o1","currency":"USD","total":12.5,"discount":0,"items":[]}}"#
        + "\n")
    let outcome = try shop.hoso("ingest", "-", "--format", "json", input: event + "\n")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try outcome.json["duplicates"].count == 1)
  }

  @Test("The same id from another source is another event")
  func otherSource() throws {
    let shop = try shop(holding: SampleEvent.page("1"))
    let outcome = try shop.hoso("ingest", "-", "--format", "json", input: SampleEvent.page("1", source: "app"))
    #expect(try outcome.json["accepted"].count == 1)
  }

  @Test("The same id with other content is a conflict: quarantined, and shown with the first event's position")
  func conflict() throws {
    let shop = try shop(holding: SampleEvent.page("0") + SampleEvent.page("1"))
    let before = try shop.logDigest()
    let other = SampleEvent.page("1", data: #"{"url":"https://shop.example.vn/other"}"#)
    let summary = try shop.hoso("ingest", "-", "--format", "json", input: other)
    #expect(summary.status == 3)
    #expect(summary.errors.contains("other content") && summary.errors.contains("position 2"))
    #expect(
      try summary.json["conflicts"].count == 1 && summary.json["accepted"].count == 0
        && summary.json["quarantined"].count == 0)
    #expect(try shop.logDigest() == before)
    let rejects = try shop.json("rejects", "list").list
    #expect(rejects.map { $0["kind"].text } == ["conflict"])
    #expect(try shop.hoso("rejects", "show", "1").text == other)
    #expect(try shop.json("status")["quarantined"].count == 1)
  }

  @Test("A conflict within one input leaves the first of the two")
  func conflictWithinInput() throws {
    let shop = try Shop()
    let first = SampleEvent.page("1")
    let other = SampleEvent.page("1", data: #"{"url":"https://b.vn/"}"#)
    let outcome = try shop.hoso("ingest", "-", "--format", "json", input: first + other + first)
    #expect(outcome.status == 3)
    let summary = try outcome.json
    #expect(summary["accepted"].count == 1 && summary["conflicts"].count == 1 && summary["duplicates"].count == 1)
    #expect(try shop.hoso("log", "export").text == first)
  }

  @Test("A bad line that comes again lies in the quarantine once")
  func repeatedReject() throws {
    let shop = try shop(holding: "{\n" + SampleEvent.page("1", type: "cup.spilled"))
    #expect(try shop.hoso("ingest", "-", input: "{\n" + SampleEvent.page("1", type: "cup.spilled")).status == 3)
    #expect(try shop.json("status")["quarantined"].count == 2)
  }
}

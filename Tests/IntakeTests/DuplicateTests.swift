import EventLog
import GeneratedEvents
import Intake
import Testing

@Suite struct DuplicateTests {
  /// What becomes of an event by the rule itself: the first of a (source, id) counts, the same content again is a
  /// duplicate, other content a conflict.
  private struct Reference {
    var contents: [String: Int] = [:]
    var figures = Figures()

    mutating func take(_ key: String, _ content: Int) {
      figures.lines += 1
      switch contents[key] {
      case nil:
        contents[key] = content
        figures.accepted += 1
        figures.linesUsed += 1
      case content:
        figures.duplicates += 1
        figures.linesUsed += 1
      default:
        figures.conflicts += 1
        figures.linesQuarantined += 1
        figures.problems[.conflict, default: 0] += 1
      }
    }
  }

  /// Contents of `data` that mean different things, some of them hard to tell apart.
  private static let contents: [JSONTree] = [
    object([("n", .number("1")), ("m", .string("x"))]), object([("n", .string("1")), ("m", .string("x"))]),
    object([("n", .number("10")), ("m", .string("x"))]), object([("n", .number("1"))]),
    object([("n", .number("1")), ("m", .null)]), object([("m", .array([.number("1"), .number("2")]))]),
    object([("m", .array([.number("2"), .number("1")]))]), object([("n", .number("1e400"))]),
    object([("n", .number("2e400"))]), object([("n", .number("12345678901234567890123456789012345678901"))]),
    object([("n", .number("12345678901234567890123456789012345678902"))]),
    object([("M", .string("x")), ("n", .number("1"))]),
  ]

  private static func object(_ members: [(String, JSONTree)]) -> JSONTree {
    .object([.init("url", .string("/"))] + members.map { .init($0, $1) })
  }

  @Test(
    "Duplicates and conflicts are told apart as by comparing with all events before, over any number of commits",
    arguments: UInt64(1)...10)
  func reference(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fixture = try IntakeFixture()
    var reference = Reference()
    var total = Figures()
    var fillers = 0
    let padding = String(repeating: "x", count: 4_000)
    while try fixture.log.info().blocks < 2 {
      let before = reference.figures
      var lines: [String] = []
      for _ in 0..<random.number(1..<60) {
        let (source, id) = (random.pick(["a", "b"]), random.pick(["e\(random.number(0..<40))", "1", "11"]))
        let content = random.number(0..<Self.contents.count)
        reference.take(source + "\0" + id, content)
        lines.append(event(source, id, Self.contents[content]).spelled(.any, &random))
      }
      // Events that fill the blocks of the log, so that some are sealed.
      for _ in 0..<random.number(0..<200) {
        lines.append(pageView("filler \(fillers)", data: #"{"url":"/","padding":"\#(padding)"}"#))
        reference.take("filler \(fillers)", 0)
        fillers += 1
      }
      var found = Figures(try fixture.ingest(lines: lines))
      found.positions = nil
      total = total + found
      try #require(total == reference.figures, "after \(before)")
    }
    let kept = try fixture.rejects().map { RejectIdentity($0) }
    #expect(kept.count == Set(kept).count)
    #expect(kept.isEmpty == (reference.figures.conflicts == 0) && kept.count <= reference.figures.conflicts)
  }

  private func event(_ source: String, _ id: String, _ data: JSONTree) -> JSONTree {
    .object([
      .init("id", .string(id)), .init("type", .string("page.viewed")), .init("time", .string("2026-02-28T12:00:00Z")),
      .init("source", .string(source)), .init("channel", .string("web")),
      .init("ids", .object([.init("anonymous_id", .string("d"))])), .init("data", data),
    ])
  }

  @Test("What differs only in spelling is a duplicate")
  func spellings() throws {
    let fixture = try IntakeFixture()
    let one =
      #"{"id":"1","type":"order.paid","time":"2026-02-28T12:00:00Z","source":"pos","channel":"pos","ids":{"phone":"0901234567","customer_id":5},"data":{"order_id":1,"amount":1,"currency":"VND"}}"#
    let same =
      #"{ "channel":"pos","version":1,"source":"pos","id":"\u0031","type":"order.paid","backfill":false,"time":"2026-02-28T12:00:00Z","ids":{"email":"none","customer_id":"5","phone":"+84 901 234 567"},"data":{"amount":1.0,"currency":"VND","order_id":10e-1}}"#
    #expect(try fixture.ingest(one, same).duplicates == 1)
    #expect(try fixture.ingest(same, one).duplicates == 2)
  }

  @Test(
    "Any field of the envelope that differs makes a conflict, and the event that was first stays",
    arguments: [
      (#""type":"page.viewed""#, #""type":"lead.captured""#),
      (#""time":"2026-02-28T12:00:00Z""#, #""time":"2026-02-28T12:00:01Z""#),
      (#""channel":"web""#, #""channel":"app""#), (#""anonymous_id":"device-1""#, #""anonymous_id":"device-2""#),
      (#""channel":"web""#, #""channel":"web","store":"HN""#),
      (#""channel":"web""#, #""channel":"web","backfill":true"#),
    ])
  func conflicts(part: String, other: String) throws {
    let fixture = try IntakeFixture()
    let first = pageView("1")
    let parts = first.split(separator: part, maxSplits: 1).map(String.init)
    let second = parts[0] + other + parts[1]
    #expect(try fixture.ingest(first, second).conflicts == 1)
    #expect(try fixture.ingest(second).conflicts == 1)
    #expect(try fixture.documents() == [first])
    #expect(
      try fixture.rejects().map(\.reason) == [
        "same source and id as an event that came just before, but other content",
        "same source and id as the event at position 1, but other content",
      ])
  }

  @Test("Duplicates are found across the commits of one ingest")
  func commitsOfOneIngest() throws {
    let fixture = try IntakeFixture()
    // A batch is committed at 24 MiB: these are two.
    let padding = String(repeating: "x", count: 255 << 10)
    let events = (0..<110).map { pageView("\($0)", data: #"{"url":"/","padding":"\#(padding)"}"#) }
    let summary = try fixture.ingest(lines: events + [events[109], events[0], pageView("1")])
    #expect(summary.accepted == 110)
    #expect(summary.duplicates == 2)
    #expect(summary.conflicts == 1)
  }
}

extension Figures {
  fileprivate static func + (a: Figures, b: Figures) -> Figures {
    var sum = a
    sum.lines += b.lines
    sum.linesUsed += b.linesUsed
    sum.linesQuarantined += b.linesQuarantined
    sum.accepted += b.accepted
    sum.duplicates += b.duplicates
    sum.conflicts += b.conflicts
    sum.problems.merge(b.problems, uniquingKeysWith: +)
    return sum
  }
}

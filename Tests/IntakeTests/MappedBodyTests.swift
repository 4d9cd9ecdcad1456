import EventLog
import Events
import GeneratedEvents
import Intake
import JSON
import Mappings
import Testing

@Suite("Bodies of several documents") struct MappedBodyTests {
  /// Documents by what becomes of them: `good` makes one event, `double` two, `half` two of which intake refuses the
  /// second, `bad` is refused by intake, `error` by the mapping, `skip` is left out.
  private static func mapping() throws -> Mapping {
    try Mapping(
      yaml: """
        channel: hook
        input: json
        time_zone: UTC
        documents: =documents
        kind: =kind
        defaults: {time: "2026-02-28T12:00:00Z", source: hook, channel: web, ids: {email: an@example.com}}
        skip: [{of: skip, reason: not wanted}]
        events:
          - {of: [good, double, half], type: lead.captured, id: =id}
          - {of: double, type: lead.captured, id: "=concat(id, '-2')"}
          - {of: [half, bad], type: page.viewed, id: "=concat(id, '-view')", data: {title: no address}}
          - {of: error, type: lead.captured, id: "=error('broken')"}
        """, file: "hook.yaml", shop: IntakeFixture.shop())
  }

  private static let kinds = ["good", "double", "half", "bad", "error", "skip"]

  @Test(
    "Each document makes all of its events or none, and a body with failing ones is quarantined once, whole",
    arguments: UInt64(1)...40)
  func allOrNothing(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var printed = PrintedBodies(lineBreak: "\n")
    var (expected, ids, reasons, originals) = (Figures(), [String](), [String](), [String]())
    for body in 0..<random.number(1..<8) {
      let documents = (0..<random.number(1..<5)).map { (id: "\(body)-\($0)", kind: random.pick(Self.kinds)) }
      let tree = JSONTree.object([
        .init(
          "documents",
          .array(
            documents.map { document in
              .object([.init("id", .string(document.id)), .init("kind", .string(document.kind))])
            }))
      ])
      printed.add(tree.printed(&random), &random)
      let lines = printed.bodies[body].lineCount
      expected.lines += lines
      let failing = documents.indices.filter { ["half", "bad", "error"].contains(documents[$0].kind) }
      for document in documents {
        if ["good", "double"].contains(document.kind) { ids.append(document.id) }
        if document.kind == "double" { ids.append(document.id + "-2") }
      }
      switch documents.first(where: { ["good", "double", "skip"].contains($0.kind) })?.kind {
      case "skip": expected.linesFiltered += lines
      case nil: expected.linesQuarantined += lines
      default: expected.linesUsed += lines
      }
      guard let first = failing.first else { continue }
      expected.quarantined += 1
      expected.problems[documents[first].kind == "error" ? .mapping : .schema, default: 0] += 1
      reasons.append(
        (documents.count > 1 ? "document \(first + 1) of \(documents.count): " : "") + "|"
          + (documents.count > 1 && failing.count > 1 ? "; \(failing.count - 1) more could not be taken, either" : ""))
      originals.append(printed.bodies[body].text)
    }
    expected.accepted = ids.count
    if !ids.isEmpty { expected.positions = 1...UInt64(ids.count) }
    let fixture = try IntakeFixture()
    let path = try fixture.file(Array(printed.text.utf8))
    let summary = try fixture.ingest().run([path], mapping: Self.mapping(), into: fixture.log)
    #expect(Figures(summary) == expected, "seed \(seed): \(printed.text)")
    #expect(try values("id", fixture) == ids, "seed \(seed)")
    let rejects = try fixture.rejects()
    #expect(rejects.map { String(decoding: $0.original, as: UTF8.self) }.map(trimmedEnd) == originals.map(trimmedEnd))
    #expect(rejects.count == reasons.count)
    for (reject, reason) in zip(rejects, reasons) {
      let parts = reason.split(separator: "|", omittingEmptySubsequences: false)
      #expect(reject.reason.hasPrefix(parts[0]) && reject.reason.hasSuffix(parts[1]), "seed \(seed): \(reject.reason)")
    }
    // Offered again, what was taken is known, and what was not lies in the quarantine already.
    let again = try fixture.ingest().run([path], mapping: Self.mapping(), into: fixture.log)
    #expect(again.duplicates == ids.count && again.accepted == 0)
    #expect(try fixture.rejects().count == reasons.count)
  }

  /// A field of the envelope of each event of the log.
  private func values(_ field: String, _ fixture: IntakeFixture) throws -> [String?] {
    let parser = JSONParser()
    return try fixture.documents().map { try parser.parse($0.utf8)[field]?.string }
  }

  private func trimmedEnd(_ text: String) -> String {
    String(text.reversed().drop { $0.isWhitespace }.reversed())
  }

  @Test("Of an array of bodies only those that fail are quarantined, written out by themselves")
  func arrays() throws {
    let fixture = try IntakeFixture()
    let text = """
      [{"documents":[{"id":"1","kind":"good"}]},
       {"documents":[{"id":"2","kind":"bad"}], "big": 12345678901234567890.50}, 7]
      """
    let summary = try fixture.ingest().run(
      [try fixture.file(Array(text.utf8))], mapping: Self.mapping(), into: fixture.log)
    #expect(summary.lines == 2 && summary.linesUsed == 2 && summary.quarantined == 2 && summary.accepted == 1)
    #expect(
      try fixture.rejects().map { String(decoding: $0.original, as: UTF8.self) }
        == [#"{"documents":[{"id":"2","kind":"bad"}],"big":12345678901234567890.50}"#, "7"])
  }

  /// `at` is the time where a body has one; else it is that of the delivery.
  private static func timed() throws -> Mapping {
    try Mapping(
      yaml: """
        channel: hook
        input: json
        time_zone: UTC
        events:
          - {type: custom.thing, id: =id, time: "=coalesce(iso_date(at), received())", source: hook, channel: web, ids: {email: an@example.com}, data: {n: =n}}
        """, file: "hook.yaml", shop: IntakeFixture.shop())
  }

  @Test(
    "An event with the time of its delivery is known again whenever it comes, and one with a time of its own is not")
  func arrival() throws {
    let fixture = try IntakeFixture()
    func ingest(_ bodies: String, at time: String) throws -> Figures {
      let now = try Instant(rfc3339: time)
      fixture.rules.now = { now }
      return Figures(
        try fixture.ingest().run([try fixture.file(Array(bodies.utf8))], mapping: Self.timed(), into: fixture.log))
    }
    let bodies = #"{"id":"1","n":1}"# + "\n" + #"{"id":"2","n":1,"at":"2026-02-01"}"# + "\n"
    #expect(try ingest(bodies, at: "2026-03-01T00:00:00Z").accepted == 2)
    let again = try ingest(bodies + bodies, at: "2026-04-01T00:00:00Z")
    #expect(again.duplicates == 4 && again.accepted == 0 && again.conflicts == 0)
    // Other content is a conflict whatever the time.
    #expect(try ingest(#"{"id":"1","n":2}"#, at: "2026-04-02T00:00:00Z").conflicts == 1)
    #expect(try ingest(#"{"id":"1","n":1,"at":"2026-02-01"}"#, at: "2026-04-02T00:00:00Z").conflicts == 1)
    #expect(try ingest(#"{"id":"2","n":1,"at":"2026-02-02"}"#, at: "2026-04-02T00:00:00Z").conflicts == 1)
    #expect(try values("time", fixture) == ["2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z"])
  }

  @Test(
    "A body in quarantine is offered again whole: what was taken of it is known, the rest is new, at the time it first came"
  )
  func retry() throws {
    let fixture = try IntakeFixture()
    let body = #"{"documents":[{"id":"1","kind":"good"},{"id":"2","kind":"error"}]}"#
    _ = try fixture.ingest().run([try fixture.file(Array(body.utf8))], mapping: Self.mapping(), into: fixture.log)
    let later = try Instant(rfc3339: "2026-04-01T00:00:00Z")
    fixture.rules.now = { later }
    let mended = try Mapping(
      yaml: """
        channel: hook
        input: json
        time_zone: UTC
        documents: =documents
        events:
          - {type: lead.captured, id: =id, time: "=if(kind = 'good', iso_date('2026-02-28T12:00:00Z'), received())", source: hook, channel: web, ids: {email: an@example.com}}
        """, file: "hook.yaml", shop: IntakeFixture.shop())
    let reject = try #require(try fixture.rejects().first)
    #expect(try fixture.ingest().retry(reject, number: 1, mapping: try Self.mapping(), in: fixture.log).reason != nil)
    #expect(
      try fixture.ingest().retry(reject, number: 1, mapping: nil, in: fixture.log).reason?.contains(
        "there is no channel") == true)
    #expect(try fixture.rejects().count == 1)
    #expect(
      try fixture.ingest().retry(reject, number: 1, mapping: mended, in: fixture.log)
        == Ingest.RetryOutcome(accepted: 1, duplicates: 1))
    #expect(try fixture.rejects() == [])
    var received: [String] = []
    try LogReader(fixture.log).forEach(from: 1) { received.append($0.received.rfc3339) }
    #expect(received == [IntakeFixture.now, IntakeFixture.now])
    #expect(try fixture.documents().last?.contains(#""time":"\#(IntakeFixture.now)""#) == true)
  }
}

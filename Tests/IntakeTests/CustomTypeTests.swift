import EventLog
import GeneratedEvents
import Schemas
import Testing

@Suite("Types that need no schema")
struct CustomTypeTests {
  private static let schema = #"{"$id":"urn:hoso:schema:custom.visit:2","type":"object","required":["door"]}"#

  private func event(
    _ id: String, _ type: String = "custom.visit", ids: String = #","ids":{"email":"an@example.com"}"#,
    rest: String = ""
  ) -> String {
    #"{"id":"\#(id)","type":"\#(type)"\#(rest),"time":"2026-02-28T12:00:00Z","source":"web","channel":"web"\#(ids)}"#
  }

  private func canonical(_ id: String, version: Int? = nil, data: String? = nil) -> String {
    let version = version.map { #","version":\#($0)"# } ?? ""
    let data = data.map { #","data":\#($0)"# } ?? ""
    return
      #"{"id":"\#(id)","type":"custom.visit"\#(version),"time":"2026-02-28T12:00:00Z","source":"web","channel":"web","ids":{"email":"an@example.com"}\#(data)}"#
  }

  @Test("take whatever object they are sent, or none, in any version, and keep it as it is", arguments: UInt64(1)...6)
  func anything(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let data = (0..<20).map { _ in JSONTree.object(depth: 4, &random).spelled(.minified, &random) }
    let fixture = try IntakeFixture()
    try fixture.ingest(lines: data.enumerated().map { event("\($0)", rest: #","version":\#($0 + 2),"data":\#($1)"#) })
    try fixture.ingest(event("none"), event("empty", rest: #","data":{}"#))
    #expect(fixture.reasons.isEmpty, "seed \(seed)")
    let expected = data.enumerated().map { canonical("\($0)", version: $0 + 2, data: $1) }
    #expect(try fixture.documents() == expected + [canonical("none"), canonical("empty", data: "{}")], "seed \(seed)")
  }

  @Test("are names as the envelope wants them, with something behind the prefix")
  func names() throws {
    let fixture = try IntakeFixture()
    let good = ["custom.a", "custom.2", "custom._", "custom.a.b.c", "custom.last"]
    try fixture.ingest(lines: good.enumerated().map { event("\($0)", $1) })
    #expect(try fixture.documents().count == good.count && fixture.reasons.isEmpty)
    let bad = [
      "custom.", "custom..a", "custom.a.", "custom.A", "custom.a b", "custom.\u{E1}", "custom.a-b", "custom.*",
    ]
    try fixture.ingest(lines: bad.enumerated().map { event("b\($0)", $1) })
    #expect(
      fixture.reasons
        == bad.map {
          "/type '\($0)' is no event type: behind 'custom.' stand words of a-z, 0-9 and _ with points between"
        })
    try fixture.ingest(event("c", "custom"), event("d", "my.custom.a"), event("e", "customs.a"))
    #expect(
      try fixture.rejects().suffix(3).allSatisfy {
        $0.reason.hasPrefix("unknown event type 'my.custom.a'") || $0.kind == .unknownType
      })
  }

  @Test("are judged by a schema where the shop has added one for that very type")
  func schema() throws {
    let fixture = try IntakeFixture(try SchemaCatalogue.builtIn.adding(Self.schema, name: "visit.json"))
    try fixture.ingest(
      event("1", rest: #","version":2,"data":{"door":1}"#), event("2", rest: #","version":2,"data":{}"#),
      event("3", rest: #","version":3,"data":{"door":1}"#), event("4", "custom.visit.long", rest: #","version":7"#))
    #expect(try fixture.documents().count == 2)
    let problems = try fixture.rejects().map { [$0.pointer, $0.reason] }
    #expect(problems.map { $0[0] } == ["/data", "/version"])
    #expect(problems[1][1] == "'custom.visit' has no version 3; known: 2")
  }

  @Test("need to say whom they concern, like every other")
  func concerned() throws {
    let fixture = try IntakeFixture()
    try fixture.ingest(
      event("1", ids: ""), event("2", ids: #","ids":{"email":"guest"}"#, rest: #","data":{"score":4}"#))
    #expect(try fixture.rejects().map(\.kind) == [.identifiers, .identifiers])
    try fixture.ingest(event("3", ids: "", rest: #","data":{"order_id":7}"#))
    #expect(try fixture.documents().count == 1)
  }

  @Test("have an object or nothing for data")
  func data() throws {
    let fixture = try IntakeFixture()
    try fixture.ingest(
      lines: ["[]", "1", #""x""#, "true"].enumerated().map { event("\($0)", rest: #","data":\#($1)"#) })
    #expect(try fixture.rejects().map(\.pointer) == ["/data", "/data", "/data", "/data"])
  }
}

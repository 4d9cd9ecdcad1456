import EventLog
import Events
import Intake
import Testing

@Suite("Decisions about who is who, at intake")
struct DecisionEventTests {
  static let types = ["identity.linked", "identity.unlinked", "identity.withdrawn"]

  private func decision(
    _ a: String, _ b: String, type: String = "identity.linked", id: String = "1", more: String = ""
  ) -> String {
    #"{"id":"\#(id)","type":"\#(type)","time":"2026-02-28T12:00:00Z","source":"crm","channel":"crm"\#(more),"#
      + #""data":{"a":\#(a),"b":\#(b),"by":"lan"}}"#
  }

  @Test("are taken without identifiers of their own", arguments: types)
  func accepted(type: String) throws {
    let fixture = try IntakeFixture()
    let summary = try fixture.ingest(
      decision(#"{"email":"an@example.com"}"#, #"{"phone":"0901 234 567"}"#, type: type),
      decision(#"{"customer_id":"C1"}"#, #"{"customer_id":"C2"}"#, type: type, id: "2"),
      decision(#"{"email":"a@x.vn"}"#, #"{"email":"b@x.vn"}"#, type: type, id: "3"))
    #expect(summary.accepted == 3, "\(fixture.reasons)")
    #expect(try fixture.rejects().isEmpty)
  }

  @Test("are taken with identifiers too, and with a reason")
  func withIdentifiers() throws {
    let fixture = try IntakeFixture()
    let summary = try fixture.ingest(
      decision(#"{"email":"an@example.com"}"#, #"{"email":"am@example.com"}"#, more: #","ids":{"customer_id":"C1"}"#),
      decision(#"{"email":"an@example.com"}"#, #"{"email":"am@example.com"}"#, id: "2")
        .replacing(#""by":"lan""#, with: #""by":"lan","reason":"asked at the desk""#))
    #expect(summary.accepted == 2, "\(fixture.reasons)")
  }

  @Test(
    "are quarantined with pointer and reason where they could not be acted upon",
    arguments: [
      (
        #"{"fax":"1"}"#, #"{"email":"an@example.com"}"#, "/data/a/fax",
        "there is no identifier type 'fax'; add it to the configuration"
      ),
      (
        #"{"email":"an@example.com"}"#, #"{"Email":"bo@example.com"}"#, "/data/b/Email",
        "there is no identifier type 'Email'; add it to the configuration"
      ),
      (
        #"{"phone":"090123"}"#, #"{"email":"an@example.com"}"#, "/data/a/phone",
        "the phone number has too few or too many digits for its country"
      ),
      (
        #"{"email":"an@example.com"}"#, #"{"phone":"+84 24 3825 1234 ext. 12"}"#, "/data/b/phone",
        "the phone number has an extension, and without it would be everybody's behind that switchboard"
      ),
      (
        #"{"email":"an@@example.com"}"#, #"{"customer_id":"C1"}"#, "/data/a/email",
        "an e-mail address has exactly one '@'"
      ),
      (
        #"{"customer_id":"UNKNOWN"}"#, #"{"customer_id":"C1"}"#, "/data/a/customer_id",
        "the value is on the list of values that name nobody"
      ),
      (
        #"{"customer_id":"C1"}"#, #"{"phone":"0000000000"}"#, "/data/b/phone",
        "the value is on the list of values that name nobody"
      ),
      (
        #"{"customer_id":"C1"}"#, #"{"customer_id":"C1"}"#, "/data/b",
        "customer_id:C1 is named twice; a decision is about two identifiers"
      ),
      (
        #"{"phone":"0901 234 567"}"#, #"{"phone":"+84-901-234-567"}"#, "/data/b",
        "phone:+84901234567 is named twice; a decision is about two identifiers"
      ),
      (
        #"{"email":"An@Example.COM"}"#, #"{"email":" an@example.com"}"#, "/data/b",
        "email:an@example.com is named twice; a decision is about two identifiers"
      ),
    ])
  func refused(a: String, b: String, pointer: String, reason: String) throws {
    for type in Self.types {
      let fixture = try IntakeFixture()
      let summary = try fixture.ingest(decision(a, b, type: type))
      #expect(summary.accepted == 0)
      let rejects = try fixture.rejects()
      #expect(rejects.map(\.pointer) == [pointer] && rejects.map(\.reason) == [reason])
      #expect(rejects.map(\.kind) == [.identifiers])
    }
  }

  @Test("are judged by the types and forms of the configuration")
  func configured() throws {
    var options = EmailOptions()
    options.dropsTags = true
    let rules = IdentifierRules(
      types: [IdentifierType(name: "mail", form: .email(options)), IdentifierType(name: "fax")], blocked: ["desk"],
      region: .vietNam)
    let fixture = try IntakeFixture(identifiers: rules)
    let summary = try fixture.ingest(
      decision(#"{"mail":"a@x.vn"}"#, #"{"fax":"1"}"#),
      decision(#"{"mail":"a@x.vn"}"#, #"{"mail":"a+shop@x.vn"}"#, id: "2"),
      decision(#"{"mail":"a@x.vn"}"#, #"{"fax":"Desk"}"#, id: "3"))
    #expect(summary.accepted == 1)
    #expect(try fixture.rejects().map(\.pointer) == ["/data/b", "/data/b/fax"])
  }

  @Test("may name what a blocked pattern fits, since patterns come and go")
  func patterns() throws {
    let standard = IdentifierRules.standard
    let rules = IdentifierRules(
      types: standard.types, blocked: standard.blocked,
      blockedPatterns: [try BlockedPattern("email:*@example.com", typeNames: standard.types.map(\.name))],
      region: standard.region)
    let fixture = try IntakeFixture(identifiers: rules)
    let summary = try fixture.ingest(decision(#"{"email":"an@example.com"}"#, #"{"customer_id":"C1"}"#))
    #expect(summary.accepted == 1, "\(fixture.reasons)")
  }

  @Test(
    "alone need no identifiers: another event does not say whom it concerns by an object 'a'")
  func otherEvents() throws {
    let fixture = try IntakeFixture()
    let summary = try fixture.ingest(
      pageView("1", ids: "{}", data: #"{"url":"/","a":{"email":"an@example.com"}}"#))
    #expect(summary.accepted == 0)
    #expect(try fixture.rejects().map(\.pointer) == ["/ids"])
  }
}

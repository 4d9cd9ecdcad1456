import JSON
import Schemas
import Testing
import Upcasting

@Suite("Events made from another one") struct EmissionTests {
  private static let newsletter = """
    {"emit": {"type": "consent.changed", "version": 1, "id": "newsletter", "when": "/newsletter",
      "data": {"channel": {"value": "email"}, "granted": {"from": "/newsletter"}, "purpose": {"from": "/purpose"}}}},
    {"drop": {"at": "/newsletter"}}
    """

  private static let consent =
    #"{"id":"v-1#newsletter","type":"consent.changed","time":"2026-03-01T08:30:00+07:00","source":"door","channel":"pos","#
    + #""store":"HCM-01","ids":{"phone":"+84901234567"},"data":{"channel":"email","granted":false},"backfill":true}"#

  @Test("One event becomes two: the second has the envelope of the first, an id and data of its own")
  func two() throws {
    let upcasting = Upcasting(try Visits.upcasters(Self.newsletter))
    let made = try upcasting.documents(Visits.event(#"{"newsletter":false,"a":1}"#))
    #expect(made.map(\.text) == [Visits.event(#"{"a":1}"#, version: 2), Self.consent])
    #expect(made.map(\.isDerived) == [false, true])
    for data in ["{}", #"{"a":1}"#] {
      #expect(try upcasting.events(Visits.event(data)) == [Visits.event(data, version: 2)])
    }
    #expect(
      try upcasting.events(Visits.event(#"{"newsletter":null}"#)) == [Visits.event("{}", version: 2)])
  }

  @Test("An event can be replaced by others")
  func replaced() throws {
    let steps = Self.newsletter.replacingOccurrence(of: #""when""#, with: #""keep": false, "when""#)
    let upcasting = Upcasting(try Visits.upcasters(steps))
    let made = try upcasting.documents(Visits.event(#"{"newsletter":false}"#))
    #expect(made.map(\.text) == [Self.consent] && made.map(\.isDerived) == [true])
    #expect(try upcasting.events(Visits.event("{}")) == [Visits.event("{}", version: 2)])
  }

  @Test("A made event of an old version is led on, and so is the one it was made from")
  func ledOn() throws {
    let catalogue = try Visits.catalogue().adding(
      #"{"$id": "urn:hoso:schema:door.opened:1", "title": "Door", "type": "object"}"#, name: "1.json"
    ).adding(#"{"$id": "urn:hoso:schema:door.opened:2", "title": "Door", "type": "object"}"#, name: "2.json")
    let doors = try Upcasters().adding(
      file: Visits.file(#"{"move": {"from": "/n", "to": "/number"}}"#), name: "door.opened/2.upcast.json",
      examples:
        #"{"before":\#(Visits.event("{}", type: "door.opened")),"after":[\#(Visits.event("{}", version: 2, type: "door.opened"))]}"#,
      examplesName: "2.upcast.ndjson", catalogue: catalogue)
    let steps =
      #"{"emit": {"type": "door.opened", "version": 1, "id": "a", "when": "/a", "data": {"n": {"from": "/a"}}}}, "#
      + #"{"emit": {"type": "door.opened", "version": 2, "id": "b", "when": "/a", "data": {"m": {"value": 1.0}}}}"#
    let first = try doors.adding(
      file: Visits.file(steps), name: "shop.visited/2.upcast.json", examples: Visits.example("{}", "{}"),
      examplesName: "2.upcast.ndjson", catalogue: catalogue)
    let both = try Visits.upcasters(#"{"drop": {"at": "/a"}}"#, from: 2, beside: first)
    let made = try both.events(Visits.event(#"{"a":7}"#))
    #expect(made.count == 3 && made[0] == Visits.event("{}", version: 3))
    #expect(
      made[1].contains(#""id":"v-1#a","type":"door.opened","version":2"#) && made[1].contains(#""data":{"number":7}"#))
    #expect(
      made[2].contains(#""id":"v-1#b","type":"door.opened","version":2"#) && made[2].contains(#""data":{"m":1.0}"#))
  }

  @Test("Where an event that was made cannot be led on, nothing of the original is handed on")
  func wholeOrNothing() throws {
    let catalogue = try Visits.catalogue().adding(
      #"{"$id": "urn:hoso:schema:door.opened:1", "title": "Door", "type": "object"}"#, name: "1.json"
    ).adding(#"{"$id": "urn:hoso:schema:door.opened:2", "title": "Door", "type": "object"}"#, name: "2.json")
    let before = Visits.event("{}", type: "door.opened")
    let after = Visits.event("{}", version: 2, type: "door.opened")
    let doors = try Upcasters().adding(
      file: Visits.file(#"{"convert": {"at": "/n", "to": "number"}}"#), name: "door.opened/2.upcast.json",
      examples: #"{"before":\#(before),"after":[\#(after)]}"#, examplesName: "2.upcast.ndjson", catalogue: catalogue)
    let both = try doors.adding(
      file: Visits.file(
        #"{"emit": {"type": "door.opened", "version": 1, "id": "a", "when": "/a", "data": {"n": {"from": "/a"}}}}"#),
      name: "shop.visited/2.upcast.json", examples: Visits.example("{}", "{}"), examplesName: "2.upcast.ndjson",
      catalogue: catalogue)
    var calls = 0
    let parser = JSONParser()
    let error = #expect(throws: UpcastError.self) {
      try Upcasting(both).forEach(try parser.parse(Visits.event(#"{"a":"x"}"#).utf8)) { _, _ in calls += 1 }
    }
    #expect(error?.type == "door.opened" && calls == 0)
    #expect(try both.events(Visits.event(#"{"a":"7"}"#)).count == 2)
  }

  @Test(
    "A mistake in what is made is refused",
    arguments: [
      (
        #"{"type": "shop.left", "version": 1, "id": "x", "data": {}}"#,
        "/version: there is no schema of shop.left; add the schema first, or correct the type"
      ),
      (
        #"{"type": "shop.visited", "version": 9, "id": "x", "data": {}}"#,
        "/version: there is no schema of version 9 of shop.visited; "
      ),
      (
        ##"{"type": "shop.visited", "version": 2, "id": "#x", "data": {}}"##,
        "/id: \"#x\" is no id suffix; write letters, digits, - and _, without the #"
      ),
      (#"{"type": "shop.visited", "version": 2, "id": "x"}"#, ": \"data\" is missing; write \"data\""),
      (#"{"type": "shop.visited", "version": 2, "id": "x", "data": {"a": 1}}"#, "/data/a: an object must stand here; "),
      (
        #"{"type": "shop.visited", "version": 2, "id": "x", "data": {"a": {}}}"#,
        "/data/a: one source is needed; write either {\"from\": <pointer>} or {\"value\": <value>}"
      ),
      (
        #"{"type": "shop.visited", "version": 2, "id": "x", "data": {"a": {"from": "/l/*/a"}}}"#,
        "/data/a/from: * stands for several values here; name a member outside arrays, or the whole array"
      ),
      (
        #"{"type": "shop.visited", "version": 2, "id": "x", "when": "/l/*", "data": {}}"#,
        "/when: * stands for several values here; "
      ),
      (
        #"{"type": "shop.visited", "version": 2, "id": "x", "required": true, "data": {}}"#,
        ": there is no key \"required\"; "
      ),
      (
        #"{"type": "shop.visited", "version": 1, "id": "x", "data": {}}"#,
        ": shop.visited of version 1 would become version 1 of shop.visited again, without an end; make an event of a version that does not lead back"
      ),
    ])
  func refusals(emission: String, message: String) throws {
    let error = #expect(throws: UpcasterError.self) { try Visits.upcasters(#"{"emit": \#(emission)}"#) }
    let description = "\(error.map(\.description) ?? "")"
    #expect(description.hasPrefix("schemas/shop.visited/2.upcast.json at /steps/0/emit\(message)"), "\(description)")
  }

  @Test("Two events made from the same one cannot get the same id")
  func suffixes() throws {
    let steps = #"{"emit": {"type": "shop.visited", "version": 3, "id": "x", "when": "/a", "data": {}}}"#
    let message = "another event made from shop.visited has the id suffix \"x\"; choose another suffix"
    let twice = #expect(throws: UpcasterError.self) { try Visits.upcasters(steps + ", " + steps) }
    #expect(twice?.description == "schemas/shop.visited/2.upcast.json at /steps/0/emit/id: \(message)")
    let first = try Visits.upcasters(steps)
    let later = #expect(throws: UpcasterError.self) { try Visits.upcasters(steps, from: 2, beside: first) }
    #expect(later?.description == "schemas/shop.visited/3.upcast.json at /steps/0/emit/id: \(message)")
  }

  @Test("Types that would become each other without an end are refused")
  func circle() throws {
    let catalogue = try Visits.catalogue().adding(
      #"{"$id": "urn:hoso:schema:door.opened:1", "title": "Door", "type": "object"}"#, name: "1.json"
    ).adding(#"{"$id": "urn:hoso:schema:door.opened:2", "title": "Door", "type": "object"}"#, name: "2.json")
    func emit(_ type: String) -> String {
      Visits.file(
        #"{"emit": {"type": "\#(type)", "version": 1, "id": "x", "when": "/a", "data": {"a": {"from": "/a"}}}}"#)
    }
    let first = try Upcasters().adding(
      file: emit("door.opened"), name: "shop.visited/2.upcast.json", examples: Visits.example("{}", "{}"),
      examplesName: "2.upcast.ndjson", catalogue: catalogue)
    let error = #expect(throws: UpcasterError.self) {
      try first.adding(
        file: emit("shop.visited"), name: "door.opened/2.upcast.json", examples: nil, examplesName: "2.upcast.ndjson",
        catalogue: catalogue)
    }
    #expect(
      error?.description
        == "door.opened/2.upcast.json at /steps/0/emit: shop.visited of version 1 would become version 1 of door.opened again, without an end; make an event of a version that does not lead back"
    )
  }
}

extension String {
  fileprivate func replacingOccurrence(of old: String, with new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}

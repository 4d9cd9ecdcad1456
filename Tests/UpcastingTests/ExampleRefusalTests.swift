import Schemas
import Testing
import Upcasting

@Suite("Refused examples") struct ExampleRefusalTests {
  private func refusal(_ steps: String, _ examples: String?) throws -> String {
    let catalogue = try Visits.catalogue(versions: 1).adding(
      """
      {"$id": "urn:hoso:schema:shop.visited:2", "title": "Visit", "type": "object",
       "properties": {"b": {"type": "string"}}, "required": ["b"]}
      """, name: "2.json")
    let error = #expect(throws: UpcasterError.self) {
      try Upcasters().adding(
        file: Visits.file(steps), name: "shop.visited/2.upcast.json", examples: examples,
        examplesName: "2.upcast.ndjson", catalogue: catalogue)
    }
    return "\(error.map(\.description) ?? "")"
  }

  private let step = #"{"move": {"from": "/a", "to": "/b"}}"#

  @Test("An upcaster without examples is refused")
  func none() throws {
    let remedy = #"at least one line {"before": event, "after": [event]}"#
    #expect(
      try refusal(step, nil)
        == "shop.visited/2.upcast.json: the upcaster has no examples; write 2.upcast.ndjson, \(remedy)")
    #expect(try refusal(step, " \n") == "2.upcast.ndjson: there is no example; write \(remedy)")
  }

  @Test("An example that is none is refused with its line")
  func form() throws {
    let good = Visits.example(#"{"a":"x"}"#, #"{"b":"x"}"#)
    #expect(try refusal(step, good + "\n{\n") == "2.upcast.ndjson:2: this is not valid JSON; correct the JSON")
    for line in ["[]", "{}", #"{"before":{},"after":{}}"#, #"{"before":{},"after":[],"note":1}"#] {
      #expect(
        try refusal(step, line)
          == "2.upcast.ndjson:1: this is no example; write {\"before\": event, \"after\": [event]} and nothing else")
    }
    let newer = Visits.event("{}", version: 2)
    #expect(
      try refusal(step, #"{"before":\#(newer),"after":[\#(newer)]}"#)
        == "2.upcast.ndjson:1 at /before: the upcaster takes shop.visited of version 1, and this is another event; correct type or version"
    )
  }

  @Test("An event that breaks its schema, or the envelope, is refused")
  func schemas() throws {
    let broken = Visits.example(#"{"a":1}"#, #"{"b":1}"#)
    #expect(
      try refusal(step, broken).hasPrefix(
        "2.upcast.ndjson:1 at /after/0/data/b: by the schema of shop.visited, version 2, "))
    #expect(
      try refusal(step, Visits.example("{}", "{}")).hasPrefix(
        "2.upcast.ndjson:1 at /after/0/data: by the schema of shop.visited, version 2, "))
    let strange = Visits.example(#"{"a":"x"}"#, #"{"b":"x"}"#).replacingFirst(#""source":"door""#, #""source":"""#)
    #expect(try refusal(step, strange).hasPrefix("2.upcast.ndjson:1 at /before/source: by the envelope, "))
    let unknown = #"{"before":\#(Visits.event("{}")),"after":[\#(Visits.event("{}", version: 7))]}"#
    #expect(
      try refusal(step, unknown)
        == "2.upcast.ndjson:1 at /after/0: there is no schema of shop.visited, version 7; correct type or version")
  }

  @Test(
    "An event that becomes something else than the example has is refused, and the place of the difference is named")
  func differences() throws {
    let remedy = "; correct the upcaster or the example"
    #expect(
      try refusal(step, Visits.example(#"{"a":"x"}"#, #"{"b":"y"}"#))
        == "2.upcast.ndjson:1 at /after/0/data/b: the upcaster gives \"x\", and not \"y\"" + remedy)
    #expect(
      try refusal(step, Visits.example(#"{"a":"x"}"#, #"{"b":"x","c":1}"#))
        == "2.upcast.ndjson:1 at /after/0/data/c: the upcaster gives nothing here" + remedy)
    #expect(
      try refusal(step, Visits.example(#"{"a":"x","c":[1,2]}"#, #"{"b":"x"}"#))
        == "2.upcast.ndjson:1 at /after/0/data/c: the upcaster gives [1,2] here, and the example has nothing" + remedy)
    #expect(
      try refusal(step, Visits.example(#"{"a":"x","c":[1,2]}"#, #"{"b":"x","c":[1,3]}"#))
        == "2.upcast.ndjson:1 at /after/0/data/c/1: the upcaster gives 2, and not 3" + remedy)
    let before = Visits.event(#"{"a":"x"}"#)
    let after = Visits.event(#"{"b":"x"}"#, version: 2)
    #expect(
      try refusal(step, #"{"before":\#(before),"after":[]}"#)
        == "2.upcast.ndjson:1 at /after: the upcaster makes more than 0 events, next shop.visited" + remedy)
    #expect(
      try refusal(step, #"{"before":\#(before),"after":[\#(after),\#(after)]}"#)
        == "2.upcast.ndjson:1 at /after/1: the upcaster makes no such event, only 1 event" + remedy)
  }

  @Test("An event that no step can be applied to is refused")
  func inapplicable() throws {
    let steps = #"{"convert": {"at": "/b", "to": "integer"}}"#
    #expect(
      try refusal(steps, Visits.example(#"{"b":"x"}"#, #"{"b":"x"}"#))
        == "2.upcast.ndjson:1 at /before: shop.visited cannot be led from version 1 to 2: step 1 (convert /b): the text is no number, or has more than 38 digits; correct the upcaster or the example"
    )
  }

  @Test("Members in another order and numbers spelt in another way are the same")
  func equivalence() throws {
    let catalogue = try Visits.catalogue()
    for (before, after) in [(#"{"a":1.50,"b":2}"#, #"{"b":2.0,"c":1.5}"#), (#"{"a":"\u0041"}"#, #"{"c":"A"}"#)] {
      _ = try Upcasters().adding(
        file: Visits.file(#"{"move": {"from": "/a", "to": "/c"}}"#), name: "shop.visited/2.upcast.json",
        examples: Visits.example(before, after), examplesName: "2.upcast.ndjson", catalogue: catalogue)
    }
  }
}

extension String {
  fileprivate func replacingFirst(_ old: String, _ new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}

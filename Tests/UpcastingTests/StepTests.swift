import Testing
import Upcasting

@Suite("Steps") struct StepTests {
  /// What steps make of `data`.
  private struct Case: Sendable, CustomTestStringConvertible {
    let steps, before, after: String
    var testDescription: String { steps }

    init(_ steps: String, _ before: String, _ after: String) {
      self.steps = steps
      self.before = before
      self.after = after
    }
  }

  private func expectExample(_ test: Case) throws {
    let upcasters = try Visits.upcasters(test.steps, example: Visits.example(test.before, test.after))
    #expect(try upcasters.events(Visits.event(test.before)) == [Visits.event(test.after, version: 2)])
  }

  @Test(
    "Places are moved, copied, wrapped, dropped and filled",
    arguments: [
      Case(#"{"move": {"from": "/a", "to": "/b"}}"#, #"{"a":1,"c":2}"#, #"{"c":2,"b":1}"#),
      Case(#"{"move": {"from": "/a/b", "to": "/c/d/e"}}"#, #"{"a":{"b":[1]}}"#, #"{"a":{},"c":{"d":{"e":[1]}}}"#),
      Case(
        #"{"move": {"from": "/l/*/a", "to": "/l/*/x/b"}}"#, #"{"l":[{"a":1},{"c":2},{"a":3}]}"#,
        #"{"l":[{"x":{"b":1}},{"c":2},{"x":{"b":3}}]}"#),
      Case(#"{"move": {"from": "/a", "to": "/b"}}"#, #"{"c":1}"#, #"{"c":1}"#),
      Case(#"{"move": {"from": "/a", "to": "/b"}}"#, #"{"a":null}"#, #"{"b":null}"#),
      Case(#"{"move": {"from": "/a~1b", "to": "/c~0d"}}"#, #"{"a/b":1}"#, #"{"c~d":1}"#),
      Case(
        #"{"move": {"from": "/a", "to": "/t"}}, {"move": {"from": "/b", "to": "/a"}}, {"move": {"from": "/t", "to": "/b"}}"#,
        #"{"a":1,"b":2}"#, #"{"a":2,"b":1}"#),
      Case(#"{"copy": {"from": "/a", "to": "/b"}}"#, #"{"a":{"c":1}}"#, #"{"a":{"c":1},"b":{"c":1}}"#),
      Case(
        #"{"copy": {"from": "/a", "to": "/l/*/a"}}"#, #"{"a":1,"l":[{},{"b":2}]}"#,
        #"{"a":1,"l":[{"a":1},{"b":2,"a":1}]}"#),
      Case(#"{"copy": {"from": "/a", "to": "/l/*/a"}}"#, #"{"a":1,"l":"none"}"#, #"{"a":1,"l":"none"}"#),
      Case(#"{"wrap": {"at": "/a", "as": "b"}}"#, #"{"a":1.50,"c":2}"#, #"{"a":{"b":1.50},"c":2}"#),
      Case(#"{"wrap": {"at": "/l/*", "as": "b"}}"#, #"{"l":[1,"2"]}"#, #"{"l":[{"b":1},{"b":"2"}]}"#),
      Case(
        #"{"wrap": {"at": "/a", "as": "b"}}, {"move": {"from": "/m", "to": "/a/m"}}"#, #"{"a":1,"m":2}"#,
        #"{"a":{"b":1,"m":2}}"#),
      Case(#"{"drop": {"at": "/a/b"}}"#, #"{"a":{"b":1,"c":2}}"#, #"{"a":{"c":2}}"#),
      Case(#"{"drop": {"at": "/l/*/a"}}"#, #"{"l":[{"a":1,"b":2},{"b":3}]}"#, #"{"l":[{"b":2},{"b":3}]}"#),
      Case(#"{"default": {"at": "/a", "value": {"b":[1,null]}}}"#, "{}", #"{"a":{"b":[1,null]}}"#),
      Case(#"{"default": {"at": "/a", "value": 1}}"#, #"{"a":null}"#, #"{"a":null}"#),
      Case(#"{"default": {"at": "/a/b", "value": 1}}"#, "{}", "{}"),
      Case(#"{"default": {"at": "/l/*/b", "value": 1}}"#, #"{"l":[{},{"b":2},7]}"#, #"{"l":[{"b":1},{"b":2},7]}"#),
      Case(
        #"{"move": {"from": "/a", "to": "/b"}}, {"default": {"at": "/b", "value": "none"}}"#, "{}", #"{"b":"none"}"#),
      Case(#"{"drop": {"at": "/b"}}, {"move": {"from": "/a", "to": "/b"}}"#, #"{"a":1,"b":2}"#, #"{"b":1}"#),
    ])
  private func places(test: Case) throws { try expectExample(test) }

  @Test(
    "Values are converted, scaled, mapped, split and merged",
    arguments: [
      Case(#"{"convert": {"at": "/a", "to": "string"}}"#, #"{"a":1.50}"#, #"{"a":"1.50"}"#),
      Case(#"{"convert": {"at": "/a", "to": "string"}}"#, #"{"a":true}"#, #"{"a":"true"}"#),
      Case(#"{"convert": {"at": "/a", "to": "number"}}"#, #"{"a":"-12.50"}"#, #"{"a":-12.50}"#),
      Case(#"{"convert": {"at": "/a", "to": "integer"}}"#, #"{"a":"3.0"}"#, #"{"a":3}"#),
      Case(#"{"convert": {"at": "/a", "to": "integer"}}"#, #"{"a":2e3}"#, #"{"a":2000}"#),
      Case(
        #"{"convert": {"at": "/l/*", "to": "boolean"}}"#, #"{"l":["true","false",true]}"#, #"{"l":[true,false,true]}"#),
      Case(#"{"convert": {"at": "/a", "to": "number"}}"#, #"{"a":null}"#, #"{"a":null}"#),
      Case(
        #"{"convert": {"at": "/a", "to": "major_units"}}"#, #"{"a":1250,"currency":"USD"}"#,
        #"{"a":12.50,"currency":"USD"}"#),
      Case(
        #"{"convert": {"at": "/a", "to": "major_units"}}"#, #"{"a":"-5","currency":"KWD"}"#,
        #"{"a":"-0.005","currency":"KWD"}"#),
      Case(
        #"{"convert": {"at": "/l/*/a", "to": "minor_units", "currency": "/l/*/c"}}"#,
        #"{"l":[{"a":"12.5","c":"USD"},{"a":250000,"c":"VND"}]}"#,
        #"{"l":[{"a":"1250","c":"USD"},{"a":250000,"c":"VND"}]}"#),
      Case(
        #"{"convert": {"at": "/l/*/a", "to": "minor_units"}}"#, #"{"l":[{"a":1.5}],"currency":"USD"}"#,
        #"{"l":[{"a":150}],"currency":"USD"}"#),
      Case(#"{"scale": {"at": "/a", "multiply_by": "0.001"}}"#, #"{"a":250}"#, #"{"a":0.25}"#),
      Case(#"{"scale": {"at": "/a", "divide_by": 1000}}"#, #"{"a":"250"}"#, #"{"a":"0.25"}"#),
      Case(
        #"{"scale": {"at": "/a", "divide_by": 3, "decimals": 2, "rounding": "half_up"}}"#, #"{"a":-5}"#, #"{"a":-1.67}"#
      ),
      Case(
        #"{"scale": {"at": "/l/*", "multiply_by": 1, "decimals": 0, "rounding": "half_even"}}"#,
        #"{"l":[0.5,1.5,2.5,-2.5,2.51,2.4]}"#, #"{"l":[0,2,2,-2,3,2]}"#),
      Case(
        #"{"scale": {"at": "/l/*", "multiply_by": 1, "decimals": 1, "rounding": "down"}}"#,
        #"{"l":[0.19,-0.19,0.2,7]}"#, #"{"l":[0.1,-0.1,0.2,7]}"#),
      Case(
        #"{"map": {"at": "/a", "values": {"1":"low","true":"yes"}, "otherwise": "keep"}}"#, #"{"a":1}"#, #"{"a":"low"}"#
      ),
      Case(
        #"{"map": {"at": "/l/*", "values": {"a":{"b":1}}, "otherwise": "drop"}}"#, #"{"l":["a","c","a"]}"#,
        #"{"l":[{"b":1},{"b":1}]}"#),
      Case(
        #"{"map": {"at": "/a", "values": {"x":"y"}, "otherwise": {"value": "other"}}}"#, #"{"a":["x"]}"#,
        #"{"a":"other"}"#),
      Case(
        #"{"split": {"at": "/n", "separator": ", ", "into": ["/a", "/b"]}}"#, #"{"n":"x, y, z"}"#,
        #"{"a":"x","b":"y, z"}"#),
      Case(#"{"split": {"at": "/n", "separator": " ", "into": ["/n", "/b"]}}"#, #"{"n":"x"}"#, #"{"n":"x"}"#),
      Case(
        #"{"split": {"at": "/n", "separator": " ", "into": ["/n/a", "/n/b"]}}"#, #"{"n":"x y"}"#,
        #"{"n":{"a":"x","b":"y"}}"#),
      Case(
        #"{"split": {"at": "/l/*/n", "separator": "-", "into": ["/l/*/a", "/l/*/b"]}}"#, #"{"l":[{"n":"-y"}]}"#,
        #"{"l":[{"a":"","b":"y"}]}"#),
      Case(
        #"{"merge": {"from": ["/a", "/b", "/c"], "separator": " ", "to": "/n"}}"#, #"{"a":"x","c":1.0}"#,
        #"{"n":"x 1.0"}"#),
      Case(
        #"{"merge": {"from": ["/a", "/b"], "separator": " ", "to": "/n"}}"#, #"{"a":null,"b":true}"#,
        #"{"a":null,"n":"true"}"#),
      Case(#"{"merge": {"from": ["/a", "/b"], "separator": "", "to": "/a"}}"#, #"{"a":"x","b":"y"}"#, #"{"a":"xy"}"#),
    ])
  private func values(test: Case) throws { try expectExample(test) }

  @Test("The text of a number that no step computes is kept to the last digit")
  func exactNumbers() throws {
    let upcasters = try Visits.upcasters(#"{"move": {"from": "/a", "to": "/b"}}"#)
    for number in ["1.10", "1e400", "123456789012345678901234567890.000000000000000000001", "-0", "1E-7"] {
      let events = try upcasters.events(Visits.event(#"{"c":\#(number),"a":\#(number)}"#))
      #expect(events == [Visits.event(#"{"c":\#(number),"b":\#(number)}"#, version: 2)])
    }
    let texts = try Visits.upcasters(#"{"convert": {"at": "/a", "to": "number"}}"#)
    #expect(
      try texts.events(Visits.event(#"{"a":"0.1000000000000000055511151231257827"}"#))
        == [Visits.event(#"{"a":0.1000000000000000055511151231257827}"#, version: 2)])
  }

  @Test("An event without data stays without it, unless a step puts something there")
  func noData() throws {
    let event = #"{"id":"1","type":"shop.visited","time":"2026-03-01T08:30:00Z","source":"door","channel":"pos"}"#
    let head =
      #"{"id":"1","type":"shop.visited","version":2,"time":"2026-03-01T08:30:00Z","source":"door","channel":"pos""#
    #expect(try Visits.upcasters(#"{"drop": {"at": "/a"}}"#).events(event) == [head + "}"])
    let filling = try Visits.upcasters(
      #"{"default": {"at": "/a", "value": 1}}"#, example: Visits.example("{}", #"{"a":1}"#))
    #expect(try filling.events(event) == [head + #","data":{"a":1}}"#])
  }

  @Test("An upcaster without steps raises the version and nothing else")
  func noSteps() throws {
    #expect(try Visits.upcasters("").events(Visits.event(#"{"a":[1]}"#)) == [Visits.event(#"{"a":[1]}"#, version: 2)])
  }
}

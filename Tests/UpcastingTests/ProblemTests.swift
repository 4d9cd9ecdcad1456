import Testing
import Upcasting

@Suite("Events that cannot be upcast") struct ProblemTests {
  @Test(
    "A step that cannot be applied to an event says which, and why, without a word of the event",
    arguments: [
      (
        #"{"convert": {"at": "/a", "to": "number"}}"#, #"{"a":"secret"}"#, "convert /a",
        "the text is no number"
      ),
      (
        #"{"convert": {"at": "/a", "to": "number"}}"#, #"{"a":{"secret":1}}"#, "convert /a",
        "there is an object and no number"
      ),
      (#"{"convert": {"at": "/a", "to": "integer"}}"#, #"{"a":1.5}"#, "convert /a", "the number has decimals"),
      (
        #"{"convert": {"at": "/a", "to": "boolean"}}"#, #"{"a":"secret"}"#, "convert /a",
        "there is neither true nor false"
      ),
      (#"{"convert": {"at": "/a", "to": "string"}}"#, #"{"a":["secret"]}"#, "convert /a", "an array has no text"),
      (
        #"{"convert": {"at": "/a", "to": "major_units"}}"#, #"{"a":5}"#, "convert /a",
        "the event names no known currency for the amount"
      ),
      (
        #"{"convert": {"at": "/a", "to": "major_units"}}"#, #"{"a":1.5,"currency":"USD"}"#, "convert /a",
        "the amount is no whole number of minor units"
      ),
      (
        #"{"convert": {"at": "/a", "to": "minor_units"}}"#, #"{"a":1.5,"currency":"VND"}"#, "convert /a",
        "the amount has 1 decimals but its currency has 0; send it rounded, or correct the currency"
      ),
      (
        #"{"scale": {"at": "/a", "divide_by": 3}}"#, #"{"a":1}"#, "scale /a",
        "the quotient has no end, and no decimals are given to round it to"
      ),
      (
        #"{"scale": {"at": "/a", "multiply_by": 1e30}}"#, #"{"a":1e30}"#, "scale /a",
        "the product needs more than 38 digits, or more than 30 after the decimal point"
      ),
      (
        #"{"split": {"at": "/a", "separator": " ", "into": ["/b", "/c"]}}"#, #"{"a":7}"#, "split /a",
        "there is a number and no text to split"
      ),
      (
        #"{"merge": {"from": ["/a", "/b"], "separator": " ", "to": "/c"}}"#, #"{"a":{"secret":1}}"#, "merge /c",
        "there is an object at /a, which cannot be part of a text"
      ),
      (
        #"{"move": {"from": "/a", "to": "/b"}}"#, #"{"a":1,"b":"secret"}"#, "move /a",
        "there is something at /b already"
      ),
      (
        #"{"copy": {"from": "/a", "to": "/b/c"}}"#, #"{"a":1,"b":"secret"}"#, "copy /a",
        "there is no object to put \"c\" into"
      ),
    ])
  func problems(step: String, data: String, action: String, reason: String) throws {
    let error = #expect(throws: UpcastError.self) { try Visits.upcasters(step).events(Visits.event(data)) }
    #expect(error?.reason == reason && error?.type == Visits.type && error?.version == 1)
    #expect(
      "\(error.map(\.description) ?? "")"
        == "shop.visited cannot be led from version 1 to 2: step 1 (\(action)): \(reason)")
    #expect(error?.description.contains("secret") == false)
  }

  @Test(
    "What is required must be there",
    arguments: [
      (#"{"move": {"from": "/a", "to": "/b", "required": true}}"#, #"{"a":1}"#, #"{"b":1}"#, "there is nothing at /a"),
      (
        #"{"copy": {"from": "/a", "to": "/b", "required": true}}"#, #"{"a":1}"#, #"{"a":1,"b":1}"#,
        "there is nothing at /a"
      ),
      (#"{"drop": {"at": "/a", "required": true}}"#, #"{"a":1}"#, "{}", "there is nothing"),
      (#"{"wrap": {"at": "/a", "as": "b", "required": true}}"#, #"{"a":1}"#, #"{"a":{"b":1}}"#, "there is nothing"),
      (#"{"convert": {"at": "/a", "to": "string", "required": true}}"#, #"{"a":1}"#, #"{"a":"1"}"#, "there is nothing"),
      (#"{"scale": {"at": "/a", "multiply_by": 2, "required": true}}"#, #"{"a":1}"#, #"{"a":2}"#, "there is nothing"),
      (
        #"{"map": {"at": "/a", "values": {}, "otherwise": "keep", "required": true}}"#, #"{"a":1}"#, #"{"a":1}"#,
        "there is nothing"
      ),
      (
        #"{"split": {"at": "/a", "separator": " ", "into": ["/b", "/c"], "required": true}}"#, #"{"a":"x y"}"#,
        #"{"b":"x","c":"y"}"#, "there is nothing at /a"
      ),
      (
        #"{"merge": {"from": ["/a", "/b"], "separator": " ", "to": "/c", "required": true}}"#, #"{"a":"x","b":"y"}"#,
        #"{"c":"x y"}"#, "there is nothing at /a"
      ),
    ])
  func required(step: String, before: String, after: String, reason: String) throws {
    let upcasters = try Visits.upcasters(step, example: Visits.example(before, after))
    #expect(try upcasters.events(Visits.event(before)) == [Visits.event(after, version: 2)])
    let error = #expect(throws: UpcastError.self) { try upcasters.events(Visits.event(#"{"z":1}"#)) }
    #expect(error?.reason == reason)
  }

  @Test(
    "Only what JSON takes for a number becomes one",
    arguments: ["", "-", "+1", "01", ".5", "5.", "1e", "1e+", " 1", "1 ", "0x1", "1,5", "NaN", "१", "--1", "1e1.5"])
  func noNumbers(text: String) throws {
    let upcasters = try Visits.upcasters(#"{"convert": {"at": "/a", "to": "number"}}"#)
    #expect(throws: UpcastError.self) { try upcasters.events(Visits.event(#"{"a":"\#(text)"}"#)) }
  }

  @Test("An event that fails does not harm those that follow")
  func recovery() throws {
    let upcasting = Upcasting(try Visits.upcasters(#"{"convert": {"at": "/a", "to": "number"}}"#))
    for _ in 0..<3 {
      #expect(throws: UpcastError.self) { try upcasting.events(Visits.event(#"{"a":"x"}"#)) }
      #expect(try upcasting.events(Visits.event(#"{"a":"7"}"#)) == [Visits.event(#"{"a":7}"#, version: 2)])
    }
  }
}

import Schemas
import Testing
import Upcasting

@Suite("Refused upcaster files") struct RefusalTests {
  private static let place = "schemas/shop.visited/2.upcast.json"

  private func refusal(
    _ file: String, name: String = place, examples: String? = Visits.example("{}", "{}"),
    beside others: Upcasters = Upcasters()
  ) throws -> String {
    let catalogue = try Visits.catalogue()
    let error = #expect(throws: UpcasterError.self) {
      try others.adding(
        file: file, name: name, examples: examples, examplesName: "2.upcast.ndjson", catalogue: catalogue)
    }
    return "\(error.map(\.description) ?? "")"
  }

  @Test(
    "A file that breaks the form is refused with its name, the place, the reason and the remedy",
    arguments: [
      ("{", ": this is not valid JSON; correct the JSON"),
      ("[]", ": an object must stand here; write { ... }"),
      (#"{"from":1,"to":2,"steps":[]}"#, ": \"description\" is missing; write \"description\""),
      (
        #"{"from":1,"to":2,"description":"","steps":[]}"#,
        " at /description: the description is empty; say what changes and why"
      ),
      (#"{"to":2,"description":"A","steps":[]}"#, ": \"from\" is missing; write \"from\""),
      (#"{"from":1,"description":"A","steps":[]}"#, ": \"to\" is missing; write \"to\""),
      (#"{"from":1,"to":2,"description":"A"}"#, ": \"steps\" is missing; write \"steps\""),
      (#"{"from":1,"to":2,"description":"A","steps":{}}"#, " at /steps: a list must stand here; write [ ... ]"),
      (
        #"{"from":1,"to":2,"description":"A","steps":[],"step":1}"#,
        ": there is no key \"step\"; the keys here are $schema, type, from, to, description, steps"
      ),
      (
        #"{"from":0,"to":1,"description":"A","steps":[]}"#,
        " at /from: versions begin with 1; write a version from 1 on"
      ),
      (
        #"{"from":1,"to":3,"description":"A","steps":[]}"#,
        " at /to: an upcaster leads from one version to the next, from 1 to 2; write \"to\": 2, and an upcaster for each version between"
      ),
      (
        #"{"from":2,"to":1,"description":"A","steps":[]}"#,
        " at /to: an upcaster leads from one version to the next, from 2 to 3; write \"to\": 3"
      ),
      (#"{"from":2,"to":2,"description":"A","steps":[]}"#, " at /to: an upcaster leads from one version to the next"),
      (
        #"{"from":"1","to":2,"description":"A","steps":[]}"#,
        " at /from: a whole number must stand here; write one without quotation marks"
      ),
      (
        #"{"from":3,"to":4,"description":"A","steps":[]}"#,
        " at /to: there is no schema of version 4 of shop.visited; add the schema first, or correct the version"
      ),
      (
        #"{"type":"shop.left","from":1,"to":2,"description":"A","steps":[]}"#,
        " at /type: the file lies in the folder of shop.visited and says shop.left; leave \"type\" out, or move the file"
      ),
      (#"{"type":"Shop","from":1,"to":2,"description":"A","steps":[]}"#, " at /type: \"Shop\" names no event type"),
    ])
  func form(file: String, message: String) throws {
    let refusal = try refusal(file)
    #expect(refusal.hasPrefix(Self.place + message), "\(refusal)")
  }

  @Test("A file outside the folder of its type says its type")
  func type() throws {
    let file = Visits.file("")
    #expect(
      try refusal(file, name: "new.json")
        == "new.json: nothing says which type of event this is for; put the file into the folder of its type, or write \"type\": \"<type>\""
    )
    let typed = "{\"type\": \"shop.visited\", " + file.dropFirst()
    let catalogue = try Visits.catalogue()
    let upcasters = try Upcasters().adding(
      file: typed, name: "new.json", examples: Visits.example("{}", "{}"), examplesName: "new.ndjson",
      catalogue: catalogue)
    #expect(upcasters.chain(type: Visits.type, from: 1) == [2])
  }

  @Test(
    "A step that breaks the form is refused",
    arguments: [
      (#"{"rename": {}}"#, ": there is no key \"rename\"; the keys here are move, copy, default, convert"),
      ("{}", ": a step has exactly one verb; write one step for each of move, "),
      (#"{"drop": {"at": "/a"}, "move": {"from": "/a", "to": "/b"}}"#, ": a step has exactly one verb; "),
      (#"{"drop": {"at": "/a", "force": true}}"#, "/drop: there is no key \"force\"; the keys here are at, required"),
      (#"{"drop": {}}"#, "/drop: \"at\" is missing; write \"at\""),
      (
        #"{"drop": {"at": "a"}}"#,
        "/drop/at: \"a\" is no JSON Pointer into data; begin with a slash, as in /shipping/amount"
      ),
      (#"{"drop": {"at": 1}}"#, "/drop/at: a text must stand here; write it in quotation marks"),
      (
        #"{"drop": {"at": "/a//b"}}"#,
        "/drop/at: the segment \"\" names no member; write * where every element of an array is meant"
      ),
      (#"{"drop": {"at": "/a/0"}}"#, "/drop/at: the segment \"0\" names no member; "),
      (#"{"drop": {"at": "/a/-"}}"#, "/drop/at: the segment \"-\" names no member; "),
      (#"{"drop": {"at": "/a~2"}}"#, "/drop/at: \"~\" stands alone in \"a~2\"; write ~0 for ~ and ~1 for / in a name"),
      (
        #"{"drop": {"at": "/a", "required": "yes"}}"#,
        "/drop/required: true or false must stand here; write one of them"
      ),
      (#"{"default": {"at": "/a"}}"#, "/default: \"value\" is missing; write \"value\""),
      (
        #"{"default": {"at": "/a/*", "value": 1}}"#,
        "/default/at: nothing can be put at every element of an array; let the path end with a name"
      ),
      (
        #"{"move": {"from": "/l/*/a", "to": "/a"}}"#,
        "/move/to: /a and /l/*/a do not lie within the same elements; begin both with the same path up to the last *"
      ),
      (
        #"{"copy": {"from": "/l/*/a", "to": "/m/*/a"}}"#,
        "/copy/to: /m/*/a and /l/*/a do not lie within the same elements; "
      ),
      (#"{"wrap": {"at": "/a", "as": ""}}"#, "/wrap/as: the text is empty; write at least one character"),
      (
        #"{"convert": {"at": "/a", "to": "float"}}"#,
        "/convert/to: this is none of the words that can stand here; write one of \"string\", \"number\", \"integer\""
      ),
      (
        #"{"convert": {"at": "/a", "to": "string", "currency": "/c"}}"#,
        "/convert/currency: only amounts of money have a currency; leave \"currency\" out"
      ),
      (
        #"{"convert": {"at": "/a", "to": "major_units", "currency": "/l/*/c"}}"#,
        "/convert/currency: /l/*/c and /a do not lie within the same elements; "
      ),
      (#"{"scale": {"at": "/a"}}"#, "/scale: one factor is needed; write either \"multiply_by\" or \"divide_by\""),
      (#"{"scale": {"at": "/a", "multiply_by": 1, "divide_by": 2}}"#, "/scale: one factor is needed; "),
      (#"{"scale": {"at": "/a", "divide_by": 0}}"#, "/scale/divide_by: a number other than zero must stand here; "),
      (
        #"{"scale": {"at": "/a", "multiply_by": true}}"#,
        "/scale/multiply_by: a number other than zero must stand here; "
      ),
      (
        #"{"scale": {"at": "/a", "divide_by": 3, "decimals": 2}}"#,
        "/scale: \"decimals\" and \"rounding\" belong together; write both, or neither where the result is exact"
      ),
      (
        #"{"scale": {"at": "/a", "divide_by": 3, "decimals": 31, "rounding": "down"}}"#,
        "/scale/decimals: 31 decimals are out of range; write a number from 0 to 30"
      ),
      (
        #"{"scale": {"at": "/a", "divide_by": 3, "decimals": 2, "rounding": "up"}}"#,
        "/scale/rounding: this is none of the words that can stand here; write one of \"half_up\", \"half_even\", \"down\""
      ),
      (#"{"map": {"at": "/a", "values": {}}}"#, "/map: \"otherwise\" is missing; write \"otherwise\""),
      (
        #"{"map": {"at": "/a", "values": {}, "otherwise": "refuse"}}"#,
        "/map/otherwise: nothing says what becomes of other values; write \"keep\", \"drop\" or {\"value\": <value>}"
      ),
      (#"{"split": {"at": "/a", "separator": "", "into": ["/b", "/c"]}}"#, "/split/separator: the text is empty; "),
      (
        #"{"split": {"at": "/a", "separator": " ", "into": ["/b"]}}"#,
        "/split/into: fewer than two places; name at least two"
      ),
      (
        #"{"split": {"at": "/a", "separator": " ", "into": ["/b", "/b/c"]}}"#,
        "/split/into/1: /b/c and another place of this step overlap; name places apart from each other"
      ),
      (
        #"{"merge": {"from": ["/a", "/a"], "separator": " ", "to": "/c"}}"#,
        "/merge/from/1: /a and another place of this step overlap; "
      ),
      (
        #"{"merge": {"from": ["/a/b", "/c"], "separator": " ", "to": "/a"}}"#,
        "/merge/from/0: /a/b and another place of this step overlap; "
      ),
    ])
  func step(step: String, message: String) throws {
    let refusal = try refusal(Visits.file(step))
    #expect(refusal.hasPrefix("\(Self.place) at /steps/0\(message)"), "\(refusal)")
  }

  @Test(
    "Steps that contradict each other, or move something into itself, are refused",
    arguments: [
      (
        #"{"move": {"from": "/a", "to": "/a/b"}}"#, "0/move",
        "/a and /a/b lie one inside the other; put a value into an object of its own with {\"wrap\": {\"at\": \"/a\", \"as\": <name>}}"
      ),
      (#"{"move": {"from": "/a", "to": "/a"}}"#, "0/move", "/a and /a lie one inside the other; "),
      (#"{"copy": {"from": "/a/b", "to": "/a"}}"#, "0/copy", "/a/b and /a lie one inside the other; "),
      (
        #"{"move": {"from": "/a", "to": "/c"}}, {"move": {"from": "/b", "to": "/c"}}"#, "1",
        "step 1 has written /c already; write each place once, or clear it between"
      ),
      (
        #"{"copy": {"from": "/a", "to": "/c/d"}}, {"copy": {"from": "/b", "to": "/c"}}"#, "1",
        "step 1 has written /c/d already; "
      ),
      (
        #"{"default": {"at": "/c", "value": 1}}, {"default": {"at": "/c", "value": 2}}"#, "1",
        "step 1 has written /c already; "
      ),
      (
        #"{"default": {"at": "/c", "value": 1}}, {"copy": {"from": "/b", "to": "/c"}}"#, "1",
        "step 1 has written /c already; "
      ),
      (
        #"{"split": {"at": "/a", "separator": " ", "into": ["/b", "/c"]}}, {"merge": {"from": ["/d", "/e"], "separator": " ", "to": "/c"}}"#,
        "1", "step 1 has written /c already; "
      ),
      (
        #"{"wrap": {"at": "/a", "as": "b"}}, {"move": {"from": "/c", "to": "/a/b"}}"#, "1",
        "step 1 has written /a/b already; "
      ),
      (
        #"{"drop": {"at": "/a"}}, {"copy": {"from": "/a", "to": "/b"}}"#, "1",
        "step 1 has taken away what was at /a; read /a before, or from where it is now"
      ),
      (
        #"{"drop": {"at": "/a"}}, {"convert": {"at": "/a/b", "to": "string"}}"#, "1",
        "step 1 has taken away what was at /a; read /a/b before"
      ),
      (
        #"{"move": {"from": "/a", "to": "/b"}}, {"map": {"at": "/a", "values": {}, "otherwise": "keep"}}"#, "1",
        "step 1 has taken away"
      ),
      (
        #"{"drop": {"at": "/currency"}}, {"convert": {"at": "/a", "to": "major_units"}}"#, "1",
        "step 1 has taken away what was at /currency; "
      ),
      (#"{"wrap": {"at": "/a", "as": "b"}}, {"drop": {"at": "/a/c"}}"#, "1", "step 1 has taken away what was at /a; "),
      (
        #"{"drop": {"at": "/a"}}, {"emit": {"type": "shop.visited", "version": 2, "id": "x", "when": "/a", "data": {}}}"#,
        "1",
        "step 1 has taken away what was at /a; "
      ),
    ])
  func contradictions(steps: String, place: String, message: String) throws {
    let refusal = try refusal(Visits.file(steps))
    #expect(refusal.hasPrefix("\(Self.place) at /steps/\(place): \(message)"), "\(refusal)")
  }

  @Test("There is one upcaster for each version")
  func twice() throws {
    let first = try Visits.upcasters("")
    #expect(
      try refusal(Visits.file(#"{"drop": {"at": "/a"}}"#), beside: first)
        == "\(Self.place) at /from: there is an upcaster of version 1 of shop.visited already; keep one of the two")
  }
}

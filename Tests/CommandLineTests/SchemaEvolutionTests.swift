import Testing

@Suite("Versions of event types")
struct SchemaEvolutionTests {
  private func schema(_ version: Int, _ rest: String) -> String {
    #"{"$id":"urn:hoso:schema:cup.spilled:\#(version)","type":"object"\#(rest)}"#
  }

  private let first = #","properties":{"size":{"type":"integer"}}"#
  private let wider = #","properties":{"size":{"type":"number"},"where":{"type":"string"}}"#
  private let stricter = #","properties":{"ml":{"type":"integer"}},"required":["ml"]"#
  private let upcaster =
    #"{"from":1,"to":2,"description":"The size is a volume.","steps":[{"move":{"from":"/size","to":"/ml"}}]}"#

  private func example() -> String {
    func cup(_ data: String, _ version: Int) -> String {
      SampleEvent.page("1", type: "cup.spilled", data: data, more: #""version":\#(version),"#)
    }
    return #"{"before":"# + cup(#"{"size":3}"#, 1).dropLast() + #","after":["# + cup(#"{"ml":3}"#, 2).dropLast()
      + "]}\n"
  }

  @Test("What changed is shown as a table, as JSON and as CSV, the worst first")
  func diff() throws {
    let shop = try Shop()
    let (old, new) = (try shop.file("1.json", schema(1, first)), try shop.file("2.json", schema(2, wider)))
    let table = try shop.hoso("schema", "diff", old, new)
    #expect(table.status == 0 && table.errors.isEmpty)
    #expect(table.lines.count == 3 && table.lines[0].hasPrefix("CHANGE") && table.lines[1].hasPrefix("careful"))
    #expect(table.lines[1].contains("/properties/where") && table.lines[2].contains("/properties/size/type"))
    let changes = try shop.json("schema", "diff", new, old).list
    #expect(changes.map { $0["change"].text } == ["breaking", "compatible"])
    #expect(changes[0]["pointer"].text == "/properties/size/type" && changes[0]["schema"].text == "new")
    #expect(changes[1]["pointer"].text == "/properties/where" && changes[1]["schema"].text == "old")
    let csv = try shop.hoso("schema", "diff", new, old, "--format", "csv")
    #expect(csv.lines[0] == "change,pointer,what,schema" && csv.lines.count == 3)
  }

  @Test("Types are compared by name and version, and the same schema has no difference")
  func named() throws {
    let shop = try Shop()
    for words in [["order.placed", "order.placed@2"], ["order.placed@1", "order.placed@1"]] {
      let outcome = try shop.hoso(["schema", "diff"] + words)
      #expect(outcome.status == 0 && outcome.text == "no difference\n" && outcome.errors.isEmpty)
    }
    #expect(try shop.json("schema", "diff", "order.placed", "order.placed").list.isEmpty)
    #expect(
      try shop.json("schema", "diff", "order.placed", "order.paid").list.contains { $0["change"].text == "breaking" })
  }

  @Test("A schema that is not there, or no schema, is named; wrong words are told apart")
  func notFound() throws {
    let shop = try Shop()
    try shop.file("bad.json", #"{"type":"objekt"}"#)
    for (words, word, status) in [
      (["order.placed", "nonsense"], "nonsense", 1), (["order.placed@7", "order.placed"], "7", 1),
      (["order.placed", "bad.json"], "bad.json at /type", 1), (["order.placed"], "new", 2),
      (["order.placed", "order.paid", "--format", "xml"], "xml", 2),
    ] as [([String], String, Int32)] {
      let outcome = try shop.hoso(["schema", "diff"] + words)
      #expect(outcome.status == status && outcome.output.isEmpty && outcome.errors.contains(word), "\(outcome.errors)")
    }
  }

  @Test("A version is added when it accepts what was valid, or with an upcaster; otherwise it is told why not")
  func add() throws {
    let shop = try Shop()
    try shop.hoso("schema", "add", try shop.file("v/1.json", schema(1, first)))
    let file = try shop.file("v/2.json", schema(2, stricter))
    for command in ["add", "check"] {
      let refused = try shop.hoso("schema", command, file)
      #expect(refused.status == 1 && refused.output.isEmpty)
      for text in [#"/required/0: "ml" is required now"#, "add an upcaster beside it: 2.upcast.json"] {
        #expect(refused.errors.contains(text), "\(refused.errors)")
      }
    }
    try shop.file("v/2.upcast.json", upcaster)
    let unproved = try shop.hoso("schema", "add", file)
    #expect(
      unproved.status == 1 && unproved.errors.contains("v/2.upcast.json")
        && !shop.exists("data/schemas/cup.spilled/2.json"))
    try shop.file("v/2.upcast.ndjson", example())
    #expect(try shop.hoso("schema", "check", file).status == 0)
    #expect(!shop.exists("data/schemas/cup.spilled/2.json"))
    let added = try shop.hoso("schema", "add", file)
    #expect(added.status == 0 && added.text == "Added cup.spilled version 2 with its upcaster\n", "\(added.errors)")
    for name in ["2.json", "2.upcast.json", "2.upcast.ndjson"] {
      #expect(shop.exists("data/schemas/cup.spilled/" + name))
    }
    #expect(try shop.hoso("schema", "check").status == 0)
    #expect(try shop.json("schema", "list").list.count { $0["origin"].text == "own" } == 2)
  }

  @Test("A folder of versions and upcasters is added in one go")
  func folder() throws {
    let shop = try Shop()
    let files = [
      try shop.file("f/1.json", schema(1, first)), try shop.file("f/2.json", schema(2, stricter)),
      try shop.file("f/2.upcast.json", upcaster),
    ]
    try shop.file("f/2.upcast.ndjson", example())
    let added = try shop.hoso(["schema", "add"] + files)
    #expect(added.status == 0 && added.lines.count == 2, "\(added.errors)")
    #expect(try shop.hoso("schema", "check").status == 0)
  }

  @Test("An upcaster to a version that is there already is added by itself")
  func upcasterAlone() throws {
    let shop = try Shop()
    let loose = #","properties":{"size":{"type":"integer"},"ml":{"type":"integer"}}"#
    try shop.hoso("schema", "add", try shop.file("1.json", schema(1, first)), try shop.file("2.json", schema(2, loose)))
    let file = try shop.file("cup.spilled/2.upcast.json", upcaster)
    #expect(try shop.hoso("schema", "add", file).status == 1)
    try shop.file("cup.spilled/2.upcast.ndjson", example())
    let added = try shop.hoso("schema", "add", file)
    #expect(added.status == 0 && added.text == "Added the upcaster to cup.spilled version 2\n", "\(added.errors)")
    #expect(shop.exists("data/schemas/cup.spilled/2.upcast.json"))
    #expect(try shop.hoso("schema", "add", file).status == 1)
    #expect(try shop.hoso("schema", "add", try shop.file("3.json", schema(3, loose))).status == 0)
  }

  @Test("Several files are added at once, or none of them")
  func several() throws {
    let shop = try Shop()
    let one = try shop.file("a.json", schema(1, first))
    let two = try shop.file("b.json", schema(2, wider))
    let four = try shop.file("c.json", schema(4, wider))
    let gap = try shop.hoso("schema", "add", two, four, one)
    #expect(gap.status == 1 && gap.errors.contains("version 4 of cup.spilled, but there is no version 3"))
    #expect(!shop.exists("data/schemas"))
    #expect(
      try shop.hoso("schema", "add", two, one).text == "Added cup.spilled version 1\nAdded cup.spilled version 2\n")
  }

  @Test("Versions that were changed by hand so that old events would be refused are found by a check")
  func check() throws {
    let shop = try Shop()
    try shop.file("data/schemas/cup.spilled/1.json", schema(1, first))
    try shop.file("data/schemas/cup.spilled/3.json", schema(3, stricter))
    let gap = try shop.hoso("schema", "check")
    #expect(gap.status == 1 && gap.errors.contains("there is no version 2"))
    try shop.file("data/schemas/cup.spilled/2.json", schema(2, wider))
    let breaking = try shop.hoso("schema", "check")
    #expect(
      breaking.status == 1 && breaking.errors.contains("version 3 of cup.spilled may refuse what version 2 accepts"))
  }

  @Test("A schema that refers to what is not there is refused with the place")
  func missingReference() throws {
    let shop = try Shop()
    let file = try shop.file(
      "1.json", schema(1, #","properties":{"a":{"$ref":"urn:hoso:schema:common#/$defs/nothing"}}"#))
    for command in ["add", "check"] {
      let outcome = try shop.hoso("schema", command, file)
      #expect(
        outcome.status == 1 && outcome.errors.contains("/properties/a/$ref") && outcome.errors.contains("nothing"))
    }
  }
}

import Testing

@Suite("Event types")
struct SchemaCommandTests {
  /// The types that the vocabulary promises.
  private static let vocabulary = """
    customer.registered customer.updated consent.changed page.viewed product.viewed products.searched cart.item_added \
    cart.item_removed checkout.started order.placed order.confirmed order.packed order.delivered order.paid order.shipped \
    order.cancelled order.returned order.refunded credit.issued order.incident_reported email.sent email.delivered email.opened \
    email.clicked email.bounced email.complained email.unsubscribed message.sent message.delivered message.opened message.clicked \
    message.failed ticket.opened ticket.assigned ticket.replied ticket.resolved ticket.reopened ticket.rated survey.answered \
    lead.captured company.linked deal.opened deal.won deal.lost identity.linked identity.unlinked identity.withdrawn
    """.split(separator: " ").map(String.init)

  @Test("All types of the vocabulary are listed in each of their versions, without any data directory")
  func list() throws {
    let shop = try Shop()
    let list = try shop.json("schema", "list").list
    let names = list.compactMap { entry in entry["type"].text.map { "\($0)@\(entry["version"].count ?? 0)" } }
    #expect(names.sorted() == (Self.vocabulary.map { $0 + "@1" } + ["order.placed@2"]).sorted())
    #expect(!shop.exists("data"))
  }

  @Test(
    "A schema is shown as a JSON Schema that names its type and version, the newest unless another is wanted",
    arguments: [
      ("order.placed", "order.placed:2"), ("order.placed@2", "order.placed:2"), ("order.placed@1", "order.placed:1"),
      ("email.sent", "email.sent:1"),
    ])
  func show(words: String, id: String) throws {
    #expect(try Shop().hoso("schema", "show", words).json["$id"].text == "urn:hoso:schema:" + id)
  }

  @Test("The envelope is shown as well, and what there is not is named")
  func others() throws {
    let shop = try Shop()
    #expect(try shop.hoso("schema", "show", "envelope").json["properties"]["time"].exists)
    for words in ["nonsense", "order.placed@99", "order.placed@x"] {
      let outcome = try shop.hoso("schema", "show", words)
      #expect(
        outcome.status == 1 && outcome.output.isEmpty && outcome.errors.contains(words.split(separator: "@").last ?? "")
      )
    }
  }

  @Test("A type of one's own is added once, listed, shown, and then taken")
  func add() throws {
    let shop = try Shop()
    let file = try shop.file("cup.json", QuarantineTests.schema)
    #expect(try shop.hoso("schema", "check", file).status == 0)
    let added = try shop.hoso("schema", "add", file)
    #expect(added.status == 0 && added.text == "Added cup.spilled version 1\n")
    let own = try shop.json("schema", "list").list.filter { $0["origin"].text == "own" }
    #expect(own.map { $0["type"].text } == ["cup.spilled"])
    #expect(try shop.hoso("schema", "show", "cup.spilled").text == QuarantineTests.schema)
    let again = try shop.hoso("schema", "add", file)
    #expect(again.status == 1 && again.errors.contains("cup.spilled"))
    let good = SampleEvent.page("1", type: "cup.spilled", data: #"{"size":3}"#)
    let bad = SampleEvent.page("2", type: "cup.spilled", data: #"{"size":"large"}"#)
    let outcome = try shop.hoso("ingest", "-", "--format", "json", input: good + bad)
    #expect(try outcome.json["accepted"].count == 1 && outcome.json["quarantined"].count == 1)
    #expect(try shop.hoso("schema", "check").status == 0)
  }

  @Test(
    "A file that is no valid schema of an event type is refused and not stored",
    arguments: [
      ("{", "JSON"), ("[]", "schema"), (QuarantineTests.schema.replacing("\"integer\"", with: "\"integr\""), "integr"),
      (QuarantineTests.schema.replacing("cup.spilled:1", with: "cup:1"), "$id"),
      (QuarantineTests.schema.replacing("cup.spilled:1", with: "../../etc:1"), "$id"),
      (QuarantineTests.schema.replacing("cup.spilled:1", with: "cup.spilled:0"), "$id"),
      (QuarantineTests.schema.replacing("cup.spilled:1", with: "order.placed:1"), "built-in"),
      (QuarantineTests.schema.replacing("\"$id\"", with: "\"$ids\""), "$id"),
    ])
  func invalid(schema: String, word: String) throws {
    let shop = try Shop()
    let file = try shop.file("cup.json", schema)
    for command in ["check", "add"] {
      let outcome = try shop.hoso("schema", command, file)
      #expect(
        outcome.status == 1 && outcome.errors.contains("cup.json") && outcome.errors.contains(word), "\(outcome.errors)"
      )
    }
    #expect(!shop.exists("data/schemas"))
    #expect(try shop.json("schema", "list").list.allSatisfy { $0["origin"].text == "built-in" })
    let missing = try shop.hoso("schema", "add", "missing.json")
    #expect(missing.status == 1 && missing.errors.contains("missing.json"))
  }

  @Test("A schema in the data directory that was broken by hand is named, and nothing is taken")
  func brokenByHand() throws {
    let shop = try Shop()
    let file = try shop.file("data/schemas/cup.spilled/1.json", "{")
    for words in [["ingest", "-"], ["schema", "list"], ["schema", "check"]] {
      let outcome = try shop.hoso(words)
      #expect(outcome.status != 0 && outcome.errors.contains(file), "\(words): \(outcome.errors)")
    }
  }
}

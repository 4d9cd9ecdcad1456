import Foundation
import Testing

/// Mappings and bodies for tests of channels.
enum SampleChannel {
  /// Orders of a till, one body each; `amount` is the expression of the total.
  static func till(amount: String = "=total", name: String = "till") -> String {
    """
    channel: \(name)
    description: Orders of a till.
    input: json
    time_zone: shop
    takes: =receipt is not null
    skip: [{when: =test = true, reason: a test receipt}]
    events:
      - type: order.placed
        id: =concat('receipt-', receipt)
        time: =coalesce(iso_date(at), received())
        source: till
        channel: pos
        ids: {phone: =phone}
        data: {order_id: =receipt, currency: =shop_currency(), total: "\(amount)", items: []}

    """
  }

  static func receipt(_ number: String, total: String = "95000", more: String = "") -> String {
    #"{"receipt":"\#(number)","at":"2026-03-01 08:30","phone":"0901 234 567","total":\#(total)\#(more)}"# + "\n"
  }
}

@Suite("Channels on the command line")
struct ChannelCommandTests {
  static let builtIn = [
    "chatwoot", "cloudevents", "freshdesk", "haravan", "kiotviet", "lazada", "mailgun", "posthog", "postmark",
    "rudderstack", "sapo", "segment", "sendgrid", "ses", "shopee", "shopify", "snowplow", "stripe", "tiktokshop",
    "woocommerce", "zendesk",
  ]

  @Test("A list names the built-in channels and the shop's own, in every format, and touches nothing")
  func list() throws {
    let shop = try Shop()
    let rows = try shop.json("channel", "list").list
    #expect(rows.compactMap { $0["channel"].text } == Self.builtIn && !shop.exists("data"))
    #expect(rows.allSatisfy { $0["origin"].text == "built-in" && $0["input"].text == "json" })
    #expect(rows.allSatisfy { $0["description"].text?.isEmpty == false })
    // Events of CloudEvents say their types themselves.
    #expect(rows.filter { $0["types"].list.isEmpty }.map { $0["channel"].text } == ["cloudevents"])
    let table = try shop.hoso("channel", "list")
    #expect(table.status == 0 && table.errors.isEmpty && table.lines.count == Self.builtIn.count + 1)
    #expect(table.lines[0].hasPrefix("CHANNEL") && table.text.contains("\nshopify "))
    #expect(try shop.hoso("channel", "list", "--format", "csv").lines[0] == "channel,origin,input,description,types")
  }

  @Test("A file in channels/ is a channel of the shop's own, and stands for the built-in one of its name")
  func own() throws {
    let shop = try Shop()
    try shop.file("data/channels/till.yaml", SampleChannel.till())
    try shop.file("data/channels/shopify.yaml", SampleChannel.till(name: "shopify"))
    try shop.file("data/channels/broken.yaml", "channel: broken\n")
    try shop.file("data/channels/notes.txt", "nothing")
    let rows = try shop.json("channel", "list").list
    #expect(rows.compactMap { $0["channel"].text } == (Self.builtIn + ["broken", "till"]).sorted())
    let own = rows.filter { $0["origin"].text == "own" }
    #expect(own.map { $0["channel"].text } == ["broken", "shopify", "till"])
    #expect(own[0]["description"].text?.contains("hoso channel show broken") == true)
    #expect(own[2]["description"].text == "Orders of a till." && own[2]["types"].list.map(\.text) == ["order.placed"])
    try shop.file("data/hoso.yaml", "currency: VND\n")
    let taken = try shop.hoso("ingest", "--input", "shopify", "-", input: SampleChannel.receipt("1"))
    #expect(taken.status == 0 && taken.text.contains("1 accepted"), "\(taken.errors)")
    #expect(try shop.json("order", "show", "1")["total"].text == "95000")
  }

  @Test("A file in channels/ is called as its channel, because what lies in the quarantine knows no other name")
  func misnamed() throws {
    let shop = try Shop()
    let path = try shop.file("data/channels/counter.yaml", SampleChannel.till())
    let outcome = try shop.hoso("ingest", "--input", "counter", "-", input: SampleChannel.receipt("1"))
    #expect(outcome.status == 1 && outcome.output.isEmpty && !shop.exists("data/log.mdb"))
    #expect(outcome.errors.contains("\(path): its channel is called 'till'"), "\(outcome.errors)")
    #expect(try shop.hoso("channel", "check", "counter").status == 1)
    let row = try shop.json("channel", "list").list.first { $0["channel"].text == "counter" }
    #expect(row?["description"].text?.contains("hoso channel show counter") == true)
    // As a file that is named by its path it is as good as any.
    #expect(try shop.hoso("channel", "check", path).status == 0)
  }

  @Test("A channel is shown as its file is, and a copy of it in channels/ is the same channel")
  func show() throws {
    let shop = try Shop()
    let shown = try shop.hoso("channel", "show", "shopify")
    let file = RealData.project.appendingPathComponent("schemas/channels/shopify.yaml")
    #expect(shown.status == 0 && shown.errors.isEmpty && !shop.exists("data"))
    #expect(try shown.text == String(contentsOf: file, encoding: .utf8))
    let path = try shop.file("data/channels/shopify.yaml", shown.text)
    #expect(try shop.hoso("channel", "show", "shopify").text == shown.text)
    #expect(try shop.hoso("channel", "show", path).text == shown.text)
    let check = try shop.hoso("channel", "check", "shopify")
    #expect(check.status == 0 && check.text.hasSuffix("examples, all as expected\n"), "\(check.errors)")
  }

  @Test("A wrong mapping is shown as well, and its mistakes after it, with file, line and column")
  func showWrong() throws {
    let shop = try Shop()
    let yaml = SampleChannel.till(amount: "=totl(1)")
    let path = try shop.file("data/channels/till.yaml", yaml)
    for word in ["till", path] {
      let outcome = try shop.hoso("channel", "show", word)
      #expect(outcome.status == 1 && outcome.text == yaml)
      #expect(outcome.errors.contains("\(path):14:") && outcome.errors.contains("`totl`"), "\(outcome.errors)")
    }
  }

  @Test(
    "An unknown channel is refused with the nearest one, before anything is read or created",
    arguments: [["channel", "show"], ["channel", "test"], ["channel", "check"], ["ingest", "--input"]])
  func unknown(words: [String]) throws {
    let shop = try Shop()
    let near = try shop.hoso(words + ["shopfy"])
    #expect(near.status == 2 && near.output.isEmpty)
    #expect(near.errors.contains("there is no channel 'shopfy'; did you mean 'shopify'?"), "\(near.errors)")
    let far = try shop.hoso(words + ["nonsense"])
    #expect(far.status == 2 && far.errors.contains("'hoso channel list' names them"), "\(far.errors)")
    #expect(!shop.exists("data"))
    let missing = try shop.hoso(words[0] == "ingest" ? words + ["csv", "--map", "no.yaml"] : words + ["no.yaml"])
    #expect(missing.status == 1 && missing.errors.contains("no.yaml"), "\(missing.errors)")
  }

  @Test("A test shows each value beside what gave it, what was left out or refused, and what was not used")
  func test() throws {
    let shop = try Shop()
    let path = try shop.file("till.yaml", SampleChannel.till(amount: "=money(total, 'VND')"))
    let bodies =
      SampleChannel.receipt("7", total: "1000.5", more: #","clerk":"Bo""#)
      + SampleChannel.receipt("8", more: #","test":true"#) + "{}\n"
    let outcome = try shop.hoso("channel", "test", path, input: bodies)
    #expect(outcome.status == 3 && outcome.errors.isEmpty && !shop.exists("data"))
    let lines = outcome.lines.map { $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ") }
    for line in [
      "Body in line 1: 1 event, not all of which would be taken",
      "note: amounts had more decimals than VND has, and were rounded", "FIELD VALUE FROM",
      #"id "receipt-7" =concat('receipt-', receipt)"#, "data.total 1001 =money(total, 'VND')",
      #"channel "pos" pos"#, #"time "2026-03-01T01:30:00Z" =coalesce(iso_date(at), received())"#, "NOT USED VALUE",
      #"clerk "Bo""#, "Body in line 2: 0 events", "left out: a test receipt", "Body in line 3: 0 events",
      "refused: this is no body of the channel 'till'; see `takes` in its mapping",
    ] {
      #expect(lines.contains(line), "\(line) in \(outcome.text)")
    }
    let first = lines.prefix { !$0.hasPrefix("Body in line 2") }
    #expect(!first.contains { $0.hasPrefix("phone ") || $0.hasPrefix("total ") })
  }

  @Test("As JSON a test gives the events alone, and what is refused on standard error")
  func testJSON() throws {
    let shop = try Shop()
    let path = try shop.file("till.yaml", SampleChannel.till())
    let file = try shop.file("bodies.ndjson", SampleChannel.receipt("7") + SampleChannel.receipt("8", total: "1.5"))
    let outcome = try shop.hoso("channel", "test", path, file, "--format", "json")
    #expect(outcome.status == 3 && outcome.lines.count == 2)
    #expect(try outcome.lines.map { try Answer(parsing: $0)["id"].text } == ["receipt-7", "receipt-8"])
    // The schema asks for a currency, and no shop says one here.
    #expect(outcome.errors.contains("\(file):1: ") && outcome.errors.contains("\(file):2: "), "\(outcome.errors)")
    try shop.file("data/hoso.yaml", "currency: USD\n")
    let inShop = try shop.hoso("channel", "test", path, file, "--format", "json")
    #expect(inShop.status == 0 && inShop.errors.isEmpty, "\(inShop.errors)")
  }

  @Test("A check tries the examples beside a mapping, and says which are wrong and how")
  func check() throws {
    let shop = try Shop()
    let path = try shop.file("own/till.yaml", SampleChannel.till(amount: "=number(total)"))
    let none = try shop.hoso("channel", "check", path)
    #expect(none.status == 0 && none.text == "\(path): the mapping is sound; there are no examples\n")
    let event =
      #"{"id":"receipt-7","type":"order.placed","time":"2026-03-01T01:30:00Z","source":"till","channel":"pos","ids":{"phone":"0901 234 567"},"data":{"order_id":"7","currency":"VND","total":95000,"items":[]}}"#
    let body = SampleChannel.receipt("7").dropLast()
    let good = [
      #"{"why":"A receipt.","body":\#(body),"events":[\#(event)]}"#,
      #"{"why":"A test.","body":{"receipt":1,"test":true},"skipped":"a test receipt"}"#,
      #"{"why":"Something else.","body":{},"refused":"no body of the channel"}"#,
    ]
    let examples = try shop.file("own/till.examples.ndjson", good.joinedLines)
    let right = try shop.hoso("channel", "check", path)
    #expect(right.status == 0 && right.text == "\(path): 3 examples, all as expected\n" && right.errors.isEmpty)
    // Files may end otherwise; the examples lie beside them under the same name.
    let yml = try shop.file("own/till.yml", SampleChannel.till(amount: "=number(total)"))
    #expect(try shop.hoso("channel", "check", yml).text == "\(yml): 3 examples, all as expected\n")
    let wrong = [
      good[0].replacing("95000,\"items\"", with: "95001,\"items\""), good[1].replacing("a test receipt", with: "x"),
      good[2].replacing("no body", with: "nobody"), #"{"why":"Nothing expected.","body":{}}"#, "{",
      good[0].replacing(#""total":95000,"items""#, with: #""total":-1,"items""#).replacing(
        #""total":95000}"#, with: #""total":-1}"#),
    ]
    try shop.file("own/till.examples.ndjson", wrong.joinedLines)
    let outcome = try shop.hoso("channel", "check", path)
    #expect(outcome.status == 3 && outcome.text == "\(path): 6 examples, 6 wrong\n", "\(outcome.text)")
    for line in 1...6 { #expect(outcome.errors.contains("\(examples):\(line): "), "\(outcome.errors)") }
    #expect(!shop.exists("data"))
  }

  @Test("All built-in channels are checked at once")
  func checkAll() throws {
    let outcome = try Shop().hoso("channel", "check")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.lines.map { String($0.prefix { $0 != ":" }) } == Self.builtIn)
    #expect(outcome.lines.allSatisfy { $0.hasSuffix("all as expected") })
  }

  @Test("A dry run prints the events as they would be stored, counts what would become of the rest, and writes nothing")
  func dryRun() throws {
    let shop = try Shop()
    let till = try shop.file(
      "till.yaml", SampleChannel.till(amount: "=number(total)").replacing("=shop_currency()", with: "VND"))
    let file = try shop.file(
      "in.ndjson",
      SampleChannel.receipt("1") + SampleChannel.receipt("2", more: #","test":true"#) + "{}\n"
        + SampleChannel.receipt("3"))
    let words = ["ingest", "--input", "json", "--map", till, file]
    let dry = try shop.hoso(words + ["--dry-run"])
    #expect(dry.status == 3 && !shop.exists("data"))
    let counted = try shop.hoso(words + ["--dry-run", "--format", "json"])
    #expect(try counted.status == 3 && counted.json["accepted"].count == 2 && !shop.exists("data"))
    try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
    let before = try shop.logDigest()
    #expect(try shop.hoso(words + ["--dry-run"]).text == dry.text)
    #expect(try shop.logDigest() == before && shop.json("rejects", "list").list.isEmpty)
    let real = try shop.hoso(words + ["--format", "json"])
    #expect(real.status == 3)
    for field in ["lines", "accepted", "skipped", "quarantined", "lines_quarantined"] {
      #expect(try real.json[field].count == counted.json[field].count, "\(field)")
    }
    let stored = try shop.hoso("log", "export").lines.dropFirst()
    #expect(stored.count == 2 && dry.lines.prefix(2) == stored, "\(dry.text)")
    #expect(dry.text.contains(#""phone":"+84901234567""#), "identifiers are in their normal form")
  }

  @Test("Bodies that a mapping cannot take are taken by `rejects retry` once it is mended, as of when they came")
  func mended() throws {
    let shop = try Shop()
    try shop.hoso("init", "--currency", "VND")
    let file = try shop.file("data/channels/till.yaml", SampleChannel.till(amount: "=number(sum.total)"))
    // Without a time of its own a body gets that at which it was first received.
    let bodies = SampleChannel.receipt("1") + #"{"receipt":"2","phone":"0901234567","total":5000}"# + "\n" + "{}\n"
    let first = try shop.hoso("ingest", "--input", "till", "-", input: bodies)
    #expect(first.status == 3 && first.text.contains("3 quarantined"), "\(first.text)")
    let rejects = try shop.json("rejects", "list").list
    let received = rejects.map { $0["received"].text }
    #expect(
      rejects.map { $0["kind"].text } == ["schema", "schema", "mapping"]
        && rejects.map { $0["line"].count } == [1, 2, 3])
    #expect(try shop.hoso("rejects", "show", "1").text == bodies.split(separator: "\n")[0] + "\n")
    // A mistake that keeps the mapping from being loaded leaves everything where it is.
    try shop.file("data/channels/till.yaml", SampleChannel.till(amount: "=nummer(total)"))
    let broken = try shop.hoso("rejects", "retry")
    #expect(broken.status == 3 && broken.errors.contains("\(file):14:"), "\(broken.errors)")
    #expect(try shop.json("rejects", "list").list.count == 3)
    try shop.file("data/channels/till.yaml", SampleChannel.till())
    let mended = try shop.hoso("rejects", "retry")
    #expect(mended.status == 3 && mended.text == "2 accepted, 0 duplicates, 1 still quarantined\n", "\(mended.text)")
    let stored = try shop.hoso("log", "read").lines.map { try Answer(parsing: $0) }
    #expect(stored.map { $0["received"].text } == Array(received.prefix(2)))
    #expect(stored.map { $0["time"].text } == ["2026-03-01T01:30:00Z", received[1]])
    #expect(try shop.json("order", "show", "2")["total"].text == "5000")
    // Delivered once more, everything is known.
    let again = try shop.hoso("ingest", "--input", "till", "-", "--format", "json", input: bodies).json
    #expect(again["duplicates"].count == 2 && again["accepted"].count == 0)
    #expect(try shop.json("rejects", "list").list.count == 1)
  }

  @Test("A mapping of rows is no channel for bodies: a test of it says what to do instead")
  func rows() throws {
    let shop = try Shop()
    let path = RealData.mapping("cdnow")
    let outcome = try shop.hoso("channel", "test", path)
    #expect(outcome.status == 2 && outcome.errors.contains("--input csv --map FILE --dry-run"), "\(outcome.errors)")
    try shop.file("data/channels/cdnow.yaml", String(contentsOfFile: path, encoding: .utf8))
    let rows = "unused 19970101 2 29.33\n"
    let taken = try shop.hoso("ingest", "--input", "cdnow", "-", "--dry-run", "--format", "json", input: rows)
    #expect(try taken.json["lines"].exists, "\(taken.errors)")
  }
}

import Foundation
import Testing

@Suite("What is written for readers")
struct TerminalTests {
  /// Commands that write for readers.
  private static let pages = [
    ["status"], ["profile", "show", "C-0001"], ["profile", "show", "C-0001", "--timeline"], ["profile", "list"],
    ["order", "list"],
    ["ticket", "list"], ["message", "list"], ["log", "tail"], ["log", "info"], ["log", "verify"], ["rejects", "list"],
    ["projection", "list"], ["schema", "list"], ["--help"], ["profile", "--help"], ["nonsense"],
  ]

  /// C0 but the line feed, DEL, and C1: what can drive a terminal.
  private func controls(_ outcome: Outcome) -> [Unicode.Scalar] {
    (outcome.text + outcome.errors).unicodeScalars.filter {
      $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value))
    }
  }

  @Test("Nothing but text goes into a pipe or a file, whatever the terminal can do", arguments: pages)
  func plainText(words: [String]) throws {
    for environment in [["TERM": "xterm-256color", "COLORTERM": "truecolor", "CLICOLOR": "1"], ["NO_COLOR": "1"]] {
      #expect(try controls(Coffee.shop.get().hoso(words, environment: environment)).isEmpty)
    }
  }

  @Test("Control characters in data do not reach the reader's terminal")
  func hostileData() throws {
    let shop = try Shop()
    let name = #"{"name":"\u001b[31mAn\u009b0m","address":{"city":"\u001b[2J"},"tags":["\u0007","\u009b5m"]}"#
    let order =
      #"{"order_id":"o\u001b[1m","currency":"USD","total":5,"campaign":"\u001b[7m","coupon":"\u009b1m","#
      + #""items":[{"sku":"s\u001b[1m","quantity":1,"price":5,"name":"\u001b]0;title\u0007"}]}"#
    let ticket = #"{"ticket_id":"t","subject":"\u009b31mC1"}"#
    let events = [
      SampleEvent.page("1", type: "customer.registered", data: name),
      SampleEvent.page("2", type: "order.placed", data: order),
      SampleEvent.page("3", type: "ticket.opened", source: #"w\u009b31m"#, data: ticket, more: #""store":"\u009b1m","#),
      SampleEvent.page("4", type: #"x\u001b[31m"#), SampleEvent.page("5", more: #""x\u001b[31m\u009b":1,"#),
      SampleEvent.page("6", time: #"\u009b31m"#),
    ]
    #expect(try controls(shop.hoso("ingest", "-", input: events.joined())).isEmpty)
    for words in Self.pages + [
      ["profile", "show", "an@example.vn", "--timeline"], ["order", "show", "o\u{1B}[1m"], ["ticket", "show", "t"],
      ["rejects", "list"], ["profile", "show", "\u{1B}[31m"],
    ] {
      #expect(try controls(shop.hoso(words)).isEmpty, "\(words)")
    }
  }

  @Test(
    "On a terminal headings are bold, unless NO_COLOR or a dumb terminal forbids it",
    .enabled(if: access("/usr/bin/script", X_OK) == 0, "script is not installed"))
  func terminal() throws {
    let shop = try Coffee.shop.get()
    func onTerminal(_ environment: String) throws -> String {
      try shop.shell(#"\#(environment) script -qec '"$hoso" profile list --limit 3' /dev/null"#).text
    }
    #expect(try onTerminal("TERM=xterm").contains("\u{1B}[1m"))
    for environment in ["TERM=xterm NO_COLOR=1", "TERM=dumb"] {
      #expect(try !onTerminal(environment).contains("\u{1B}"))
    }
    #expect(try onTerminal("TERM=xterm NO_COLOR=").contains("\u{1B}[1m"), "an empty NO_COLOR counts for nothing")
  }

  /// Columns of a text on a terminal: characters, ideographs counted twice.
  private func width(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + ($1.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } ? 2 : 1) }
  }

  @Test("Columns stand in line under accents, composed or not, and under wide characters")
  func alignment() throws {
    let shop = try Shop()
    let composed = "Nguyễn Thị Ngọc Ánh"
    let names = ["An", composed, composed.decomposedStringWithCanonicalMapping, "Đỗ Ưu Ái", "山田 太郎", "Ōsaka 京"]
    let events = names.enumerated().map { index, name in
      SampleEvent.page(
        "\(index)", ids: #"{"customer_id":"ID\#(index)"}"#, type: "customer.registered", data: #"{"name":"\#(name)"}"#)
    }
    try shop.hoso("ingest", "-", input: events.joined())
    let lines = try shop.hoso("profile", "list", "--fields", "name,customer_id").lines
    try #require(lines.count == names.count + 1)
    let columns = lines.map { line in
      (line.range(of: "ID") ?? line.range(of: "CUSTOMER_ID")).map { width(line[..<$0.lowerBound]) }
    }
    let heading = lines[0].range(of: "CUSTOMER_ID").map { width(lines[0][..<$0.lowerBound]) }
    #expect(columns.dropFirst().allSatisfy { $0 == heading }, "\(columns)")
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
  }

  @Test(
    "A reader that goes away ends the program quietly",
    arguments: [
      "log export", "log read", "profile list", "profile list --format json", "order list --format csv",
      "identity export", "simulate",
    ])
  func closedPipe(words: String) throws {
    let outcome = try Coffee.shop.get().shell(#"{ "$hoso" \#(words); echo "code $?" >&2; } | head -n 1"#)
    #expect(outcome.lines.count == 1)
    #expect(outcome.errors == "code 0\n")
  }

  @Test(
    "Output that cannot be written is an error", .enabled(if: access("/dev/full", W_OK) == 0, "there is no /dev/full"),
    arguments: [
      "status", "log export", "profile list", "simulate", "--help",
    ])
  func fullDevice(words: String) throws {
    let outcome = try Coffee.shop.get().shell(#""$hoso" \#(words) > /dev/full"#)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("standard output") && outcome.errors.contains("No space left"))
  }
}

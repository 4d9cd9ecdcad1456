import Foundation
import Testing

@Suite("Beginning a data directory")
struct InitTests {
  private func configuration(of shop: Shop) throws -> String {
    try String(contentsOf: shop.folder.appendingPathComponent("data/hoso.yaml"), encoding: .utf8)
  }

  @Test("A commented hoso.yaml is written that the program reads again, and its values are the defaults")
  func defaults() throws {
    let (shop, plain) = (try Shop(), try Shop())
    let outcome = try shop.hoso("init")
    #expect(outcome.status == 0 && outcome.errors.contains("hoso.yaml"))
    let text = try configuration(of: shop)
    for part in ["# ", "time_zone: Asia/Ho_Chi_Minh", "region: VN", "identity:", "rates:"] {
      #expect(text.contains(part), "\(part)")
    }
    for each in [shop, plain] { try each.hoso("ingest", "-", input: try Coffee.lines(300).joinedLines) }
    #expect(try shop.projectionDigest() == plain.projectionDigest())
    #expect(try shop.hoso("profile", "list").output == plain.hoso("profile", "list").output)
  }

  @Test("A directory that was begun and holds nothing yet has a status")
  func statusOfNothing() throws {
    let shop = try Shop()
    try shop.hoso("init")
    #expect(try shop.json("status")["events"].count == 0)
    #expect(try shop.isUsable())
  }

  @Test("--time-zone, --currency and --region are written and obeyed")
  func options() throws {
    let shop = try Shop()
    #expect(try shop.hoso("init", "--time-zone", "Asia/Tokyo", "--currency", "JPY", "--region", "JP").status == 0)
    let text = try configuration(of: shop)
    for part in ["time_zone: Asia/Tokyo", "\ncurrency: JPY", "region: JP"] { #expect(text.contains(part), "\(part)") }
    let ids = #"{"phone":"090-1234-5678"}"#
    let data = #"{"order_id":"1","currency":"JPY","total":500,"items":[]}"#
    try shop.hoso(
      "ingest", "-",
      input: SampleEvent.page("1", ids: ids, time: "2026-03-01T15:30:00Z", type: "order.placed", data: data))
    let profile = try shop.json("profile", "show", "090 1234 5678")
    #expect(profile["ids"]["phone"][0].text == "+819012345678" && profile["orders"]["currency"].text == "JPY")
    #expect(try shop.hoso("order", "show", "1").text.contains("2026-03-02 00:30"))
    #expect(try shop.count("order", where: "placed >= 2026-03-02") == 1)
  }

  @Test("A second init refuses and leaves the file as it is")
  func twice() throws {
    let shop = try Shop()
    try shop.hoso("init")
    let before = try configuration(of: shop)
    let again = try shop.hoso("init", "--currency", "USD")
    #expect(again.status == 1 && again.errors.contains("hoso.yaml"))
    #expect(try configuration(of: shop) == before)
  }

  @Test("An init beside a log that is there already is welcome")
  func afterIngest() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
    #expect(try shop.hoso("init").status == 0)
    #expect(try shop.isSound())
  }

  @Test(
    "Values that name nothing are refused by option, and nothing is created",
    arguments: [
      ("--time-zone", "Nowhere/City"), ("--time-zone", ""), ("--time-zone", "Asia/Tokyo\ncurrency: USD"),
      ("--time-zone", "../passwd"),
      ("--currency", "ABC"), ("--currency", "đồng"), ("--currency", ""), ("--region", "XX"), ("--region", "Viet Nam"),
    ])
  func wrongValues(option: String, value: String) throws {
    let shop = try Shop()
    let outcome = try shop.hoso("init", option, value)
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains(option) && (value.isEmpty || outcome.errors.contains(value.prefix { $0 != "\n" })))
    #expect(!shop.exists("data"))
  }
}

import Foundation
import Testing

/// Published data sets, which lie beside the project where somebody has put them.
enum RealData {
  static let project = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let data = project.deletingLastPathComponent().appendingPathComponent("shared/data")
  static let purchases = data.appendingPathComponent("cdnow/CDNOW_master.txt").path
  static let invoices = data.appendingPathComponent("online-retail/online_retail.csv.zst").path

  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }
  static func mapping(_ name: String) -> String { project.appendingPathComponent("schemas/mappings/\(name).yaml").path }
}

/// Hundredths of a currency unit in a text such as `12.5`.
private func hundredths(_ text: some StringProtocol) throws -> Int {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  let decimals = parts.count > 1 ? parts[1] : ""
  return try #require(Int(parts[0] + decimals.padding(toLength: 2, withPad: "0", startingAt: 0)))
}

extension Shop {
  /// The sum of a column of amounts, in hundredths.
  fileprivate func sum(_ list: String, _ field: String, where condition: String? = nil) throws -> Int {
    let filter = condition.map { ["--where", $0] } ?? []
    let cells = try hoso([list, "list", "--fields", field, "--format", "csv"] + filter).lines.dropFirst()
    return try cells.reduce(0) { try $0 + hundredths($1) }
  }
}

@Suite("CDNOW", .enabled(if: RealData.exists(RealData.purchases), "CDNOW_master.txt is not there"))
struct PurchaseDataTests {
  @Test("All purchases become orders, with every cent, and coming again they add nothing")
  func purchases() throws {
    let shop = try Shop()
    let arguments = [
      "ingest", "--input", "csv", "--map", RealData.mapping("cdnow"), RealData.purchases, "--format", "json",
    ]
    let first = try shop.hoso(arguments)
    #expect(first.status == 0, "\(first.errors)")
    #expect(try first.json["accepted"].count == 69_659)
    #expect(try shop.count("order") == 69_659)
    #expect(try shop.count("profile", where: "orders.count >= 1") == 23_570)
    let rows = try String(contentsOfFile: RealData.purchases, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst()
    let spent = try rows.reduce(0) { try $0 + hundredths(try #require($1.split(separator: " ").last)) }
    #expect(rows.count == 69_659 && spent > 0)
    #expect(try shop.sum("order", "total") == spent)
    #expect(try shop.sum("profile", "orders.net") == spent)
    #expect(try shop.hoso(arguments).json["duplicates"].count == 69_659)
  }
}

@Suite("Online Retail", .enabled(if: RealData.exists(RealData.invoices), "online_retail.csv.zst is not there"))
struct InvoiceDataTests {
  @Test("Invoices become orders and credit notes that agree with the published file to the penny")
  func invoices() throws {
    let shop = try Shop()
    let arguments = [
      "ingest", "--input", "csv", "--map", RealData.mapping("online-retail"), RealData.invoices, "--format", "json",
    ]
    let first = try shop.hoso(arguments)
    #expect(first.status == 0, "\(first.errors)")
    let summary = try first.json
    #expect(summary["lines"].count == 541_909)
    let parts = ["lines_used", "skipped", "lines_quarantined"].compactMap { summary[$0].count }
    #expect(parts.reduce(0, +) == 541_909 && parts[1] == 3 && parts[2] == 0)
    try checkOrders(shop)
    try checkCredits(shop)
    let second = try shop.hoso(arguments).json
    #expect(second["accepted"].count == 0 && second["duplicates"].count == summary["accepted"].count)
  }

  private func checkOrders(_ shop: Shop) throws {
    #expect(try shop.count("order", where: "person is not null") == 18_536)
    #expect(try shop.count("profile", where: "orders.count >= 1") == 4_339)
    #expect(try shop.sum("order", "total", where: "person is not null") == 891_140_790)
    #expect(try shop.sum("profile", "orders.net") == 831_329_495)
    let nobodys = try shop.count("order", where: "person is null")
    #expect(try shop.json("status")["projections"][0]["orders_without_person"].count == nobodys)
    #expect(try shop.hoso("status").text.filter { $0 != "," }.contains("\(nobodys) orders"))
  }

  private func checkCredits(_ shop: Shop) throws {
    let credits = try shop.hoso("log", "export", "--type", "credit.issued").lines
    var total = 0
    for line in credits {
      let event = try Answer(parsing: line)
      guard event["ids"]["customer_id"].exists else { continue }
      total += Int(try #require(event["data"]["amount"].number) * 100 + 0.5)
    }
    #expect(total == 61_134_209)
  }
}

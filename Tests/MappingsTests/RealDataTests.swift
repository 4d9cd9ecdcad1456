import Events
import JSON
import Mappings
import Testing

/// The public data sets, which lie beside the project and are not part of it. A debug build, some thirty times slower,
/// reads their first lines only.
private enum DataSet {
  #if DEBUG
    static let isWhole = false
  #else
    static let isWhole = true
  #endif

  static let retail = "../shared/data/online-retail/online_retail.csv.zst"
  static let cdnow = "../shared/data/cdnow/CDNOW_master.txt"

  static var readRetail: String { "zstd -dc '\(Project.root)/\(retail)'" + head }
  static var readCDNOW: String { "cat '\(Project.root)/\(cdnow)'" + head }
  private static var head: String { isWhole ? "" : " | head -n 20001" }

  static var canReadRetail: Bool {
    Project.exists(retail) && Project.read("command -v zstd") { _ in } == 0
  }
}

/// What a run of a shipped mapping over a data set adds up to.
private struct Totals {
  var lines = 0
  var filtered: [String: Int] = [:]
  var failed: [String] = []
  /// By event type, for events with and without a customer.
  var events: [String: Int] = [:]
  var amounts: [String: ExactDecimal] = [:]
  var customers: Set<String> = []
  var items = 0
  /// Events whose items do not add up to their amount once that sum is rounded.
  var unbalanced = 0
  private let parser = JSONParser()

  mutating func add(_ outcome: Outcome) throws {
    lines += outcome.lineCount
    switch outcome {
    case .filtered(let reason, let count): filtered[reason, default: 0] += count
    case .failed(let reason, _, _, _): failed.append(reason)
    case .event(let json, _, _): try add(try parser.parse(json))
    }
  }

  private mutating func add(_ event: JSONValue) throws {
    let customer = event["ids"]?["customer_id"]?.string
    let type = (event["type"]?.string ?? "") + (customer == nil ? " without a customer" : "")
    let data = try #require(event["data"])
    let amount = try decimal(data["total"] ?? data["amount"])
    events[type, default: 0] += 1
    amounts[type] = try (amounts[type] ?? .zero).adding(amount)
    if let customer, data["total"] != nil { customers.insert(customer) }
    var sum = ExactDecimal.zero
    for item in try #require(data["items"]).elements {
      sum = try sum.adding(try decimal(item["quantity"]).multiplied(by: try decimal(item["price"])))
      items += 1
    }
    if sum.rounded(toScale: 2) != amount { unbalanced += 1 }
  }

  private func decimal(_ value: JSONValue?) throws -> ExactDecimal {
    let text = try #require(value?.numberText)
    return try #require(ExactDecimal(text))
  }
}

private func totals(of mappingFile: String, _ command: String) throws -> Totals {
  let path = "schemas/mappings/" + mappingFile
  let mapping = try Mapping(yaml: Project.text(path), file: path, shop: try shop())
  let run = MappingRun(mapping, file: "input", received: received) { _ in "" }
  var reader = try CSVReader(options: mapping.csv)
  var totals = Totals()
  var failure: (any Error)?
  Project.read(command) { chunk in
    var records: [CSVRecord] = []
    do {
      try reader.feed(chunk) { records.append($0) }
      for outcome in records.flatMap({ run.take($0) }).flatMap(Outcome.list) { try totals.add(outcome) }
    } catch {
      failure = error
    }
  }
  if let failure { throw failure }
  var records: [CSVRecord] = []
  try reader.finish { records.append($0) }
  for outcome in (records.flatMap({ run.take($0) }) + run.finish()).flatMap(Outcome.list) { try totals.add(outcome) }
  return totals
}

@Suite("Shipped mappings on the data sets that they are for")
struct RealDataTests {
  @Test(
    "Online Retail: orders, customers, gross value and credits are those of the data set",
    .enabled(if: DataSet.canReadRetail, "needs zstd and \(DataSet.retail)"))
  func onlineRetail() throws {
    let totals = try totals(of: "online-retail.yaml", DataSet.readRetail)
    let invoices = independentInvoices()
    #expect(totals.failed == [])
    #expect(totals.unbalanced == 0)
    #expect(totals.events == invoices.counts)
    #expect(
      totals.amounts.mapValues(\.description)
        == invoices.pence.mapValues { "\(ExactDecimal(significand: Int128($0), scale: 2))" })
    guard DataSet.isWhole else { return }
    #expect(totals.lines == 541_909 && totals.items + 3 == totals.lines)
    #expect(totals.filtered == ["bad-debt adjustment": 3])
    #expect(totals.events["order.placed"] == 18_536 && totals.customers.count == 4_339)
    #expect(totals.amounts["order.placed"]?.description == "8911407.9")
    #expect(totals.amounts["credit.issued"]?.description == "611342.09")
  }

  /// Counts and sums in pence by another way: awk cuts the cells (the number, quantity, price and customer of a line are
  /// found from both ends, so a comma in the description does no harm), and integers of thousandths add up here.
  private func independentInvoices() -> (counts: [String: Int], pence: [String: Int]) {
    var sums: [String: (thousandths: Int, customer: Bool)] = [:]
    var text: [UInt8] = []
    // Countries never hold a comma; the fields from the end are country, customer, price, date, quantity.
    let cut = "awk -F, 'NR > 1 { print $1, $(NF-4), $(NF-2), ($(NF-1) != \"\") }'"
    Project.read("\(DataSet.readRetail) | \(cut)") { text += $0 }
    for line in text.split(separator: 0x0A) {
      let cells = String(decoding: line, as: UTF8.self).split(separator: " ")
      guard cells.count == 4, let quantity = Int(cells[1]) else { continue }
      let price = cells[2].split(separator: ".")
      let fraction =
        (price.count > 1 ? price[1] : "") + String(repeating: "0", count: 3 - (price.count > 1 ? price[1].count : 0))
      let thousandths = (Int(price[0]) ?? 0) * 1000 + (Int(fraction) ?? 0)
      let key = String(cells[0])
      sums[key] = ((sums[key]?.thousandths ?? 0) + quantity * thousandths, cells[3] == "1")
    }
    return tally(sums)
  }

  private func tally(_ sums: [String: (thousandths: Int, customer: Bool)]) -> (
    counts: [String: Int], pence: [String: Int]
  ) {
    var counts: [String: Int] = [:]
    var pence: [String: Int] = [:]
    for (number, sum) in sums where !number.hasPrefix("A") {
      let type =
        (number.hasPrefix("C") ? "credit.issued" : "order.placed") + (sum.customer ? "" : " without a customer")
      let amount = number.hasPrefix("C") ? -sum.thousandths : sum.thousandths
      counts[type, default: 0] += 1
      pence[type, default: 0] += (amount + 5) / 10
    }
    return (counts, pence)
  }

  @Test(
    "CDNOW: every purchase is an order with its dollars",
    .enabled(if: Project.exists(DataSet.cdnow), "needs \(DataSet.cdnow)"))
  func cdnow() throws {
    let totals = try totals(of: "cdnow.yaml", DataSet.readCDNOW)
    var expected: [UInt8] = []
    let sum = "awk 'NR > 1 { cents += int($4 * 100 + 0.5); seen[$1] } END { print NR - 1, length(seen), cents }'"
    Project.read("\(DataSet.readCDNOW) | \(sum)") { expected += $0 }
    let cents = totals.amounts["order.placed"].map { $0.significand * (100 / Int128(pow10($0.scale))) }
    #expect(
      "\(totals.lines) \(totals.customers.count) \(cents ?? 0)\n" == String(decoding: expected, as: UTF8.self))
    #expect(totals.failed == [] && totals.filtered == [:] && totals.unbalanced == 0)
    guard DataSet.isWhole else { return }
    #expect(totals.events == ["order.placed": 69_659] && totals.customers.count == 23_570)
  }

  private func pow10(_ scale: Int) -> Int { (0..<scale).reduce(1) { power, _ in power * 10 } }
}

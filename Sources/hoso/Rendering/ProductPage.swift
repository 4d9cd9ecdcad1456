import Events
import Expressions
import JSON
import Platform
import Projections
import ReadModels
import UnicodeText

/// One product: its figures, and what it is bought together with most.
struct ProductPage {
  /// How many pairs are shown.
  private static let pairsMax = 10

  private let format: EntityFormat
  private let fields: FieldSet<SoldProduct>
  private let printer: ValuePrinter<SoldProduct>
  private let pairs: (fields: FieldSet<ProductPair>, printer: ValuePrinter<ProductPair>)

  init(_ configuration: Configuration, _ format: EntityFormat) {
    self.format = format
    fields = .products(configuration)
    printer = ValuePrinter(zone: configuration.timeZone) { configuration.total(of: $0.state.revenue)?.currency }
    pairs = (.productPairs, ValuePrinter(zone: configuration.timeZone) { _ in nil })
  }

  /// The pairs of most orders first, and of equal ones those whose other article comes first. O(pairs).
  static func pairs(of product: ProductState, in snapshot: borrowing Snapshot) throws -> [ProductPair] {
    var found: [ProductPair] = []
    try ProductPairing(in: snapshot).forEach(of: product.sku, ordersMin: 1, in: snapshot) { pair in
      found.append(pair)
      return true
    }
    let sorted = found.sorted { a, b in
      a.association.both != b.association.both
        ? a.association.both > b.association.both : a.second.sku.utf8.lexicographicallyPrecedes(b.second.sku.utf8)
    }
    return Array(sorted.prefix(pairsMax))
  }

  func write(_ product: SoldProduct, _ others: [ProductPair]) throws {
    switch format {
    case .table: writeText(product, others)
    case .json: writeJSON(product, others)
    }
  }

  private func writeText(_ product: SoldProduct, _ others: [ProductPair]) {
    for field in shown(for: product) {
      let text = printer.cell(field, product)
      guard text != "-", !text.isEmpty else { continue }
      let label = String(field.title.prefix(1) + field.title.dropFirst().lowercased())
      StandardOutput.shared.write(
        label + String(repeating: " ", count: max(1, 14 - displayWidth(of: label))) + text.printable + "\n")
    }
    guard !others.isEmpty else { return }
    let terminal = Terminal.output
    var table = Table([
      ("SKU", .left), ("ORDERS", .right), ("OF ITS ORDERS", .right), ("LIFT", .right), ("NAME", .left),
    ])
    for pair in others {
      let names = ["second", "orders", "confidence", "lift", "second_name"]
      table.add(names.compactMap { pairs.fields.field(named: $0) }.map { pairs.printer.cell($0, pair) })
    }
    StandardOutput.shared.write("\n" + terminal.bold("Bought together with") + "\n" + table.rendered(on: terminal))
  }

  /// Amounts by currency only where they have no sum.
  private func shown(for product: SoldProduct) -> [Field<SoldProduct>] {
    let hasSum = fields.field(named: "revenue")?.value(product).isNull == false
    return fields.all.filter { $0.name != "currency" && ($0.name != "revenue_by_currency" || !hasSum) }
  }

  private func writeJSON(_ product: SoldProduct, _ others: [ProductPair]) {
    var writer = JSONWriter()
    writer.beginObject()
    for field in fields.all {
      writer.key(field.name)
      printer.writeJSON(field, product, to: &writer)
    }
    writer.key("pairs")
    writer.beginArray()
    for pair in others {
      writer.beginObject()
      for field in pairs.fields.all {
        writer.key(field.name)
        pairs.printer.writeJSON(field, pair, to: &writer)
      }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }
}

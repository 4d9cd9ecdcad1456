import ArgumentParser
import Events
import Platform
import Projections
import ReadModels
import UnicodeText

struct Products: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "products", abstract: "What was sold: articles, one of them, and what is bought together.",
    discussion: """
      Orders count from being placed until they are cancelled, refunded or sent back whole. Revenue is that of the lines: \
      price times quantity less the line's own discount and what came back.
      """,
    subcommands: [List.self, Show.self, Pairs.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List products, those of the greatest revenue first.",
      discussion: "For example: hoso products list --where \"orders >= 10 and category = 'Tea'\" --sort -buyers")

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions

    func run() throws {
      let query = try ReadModelQuery(data)
      let configuration = query.platform.configuration
      let runner = ListingRunner<SoldProduct>(
        options: options.sorted(by: "-revenue"), fields: .products(configuration),
        defaults: ["sku", "orders", "units", "buyers", "revenue", "last_sold", "category", "name"],
        currency: { configuration.total(of: $0.state.revenue)?.currency })
      try query.generation.read { snapshot in
        try runner.run(query, nothing: "No products.") { body in
          try snapshot.forEachProduct { try body(try SoldProduct($0, in: snapshot)) }
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one product, and what it is bought together with.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The article number.") var sku: String
    @Option(help: "table or json.") var format: EntityFormat = .table

    func run() throws {
      let query = try ReadModelQuery(data)
      try query.generation.read { snapshot in
        guard let product = try snapshot.product(sku: nfc(sku)) else { throw QueryError.unknownEntity("product", sku) }
        try ProductPage(query.platform.configuration, format).write(
          try SoldProduct(product, in: snapshot), try ProductPage.pairs(of: product, in: snapshot))
      }
    }
  }

  struct Pairs: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pairs", abstract: "List products that are bought together, those of the most orders first.",
      discussion: """
        Support is the share of all orders with articles that have both. FIRST>SECOND is the confidence: of the orders \
        that have the first, the share that has the second too. Lift is how many times as often both are bought together \
        as they would be by chance. Orders of more than \(ProductPairState.articlesMax) articles are left out of pairs.
        """)

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions
    @Argument(help: "An article number: only pairs of it, with it as the first.") var sku: String?
    @Option(help: "Only pairs of at least so many orders.") var minOrders: Natural?

    func run() throws {
      let query = try ReadModelQuery(data)
      let runner = ListingRunner<ProductPair>(
        options: options.sorted(by: "-orders"), fields: .productPairs,
        defaults: [
          "first", "second", "orders", "support", "confidence", "reverse_confidence", "lift", "first_name",
          "second_name",
        ], currency: { _ in nil })
      try query.generation.read { snapshot in
        let pairing = try ProductPairing(in: snapshot)
        let key = sku.map { nfc($0) }
        if let key, !pairing.has(key) { throw QueryError.unknownEntity("product", key) }
        try runner.run(query, nothing: "No pairs.") { body in
          try pairing.forEach(of: key, ordersMin: minOrders?.value ?? 1, in: snapshot, body)
        }
      }
    }
  }
}

extension ListingOptions {
  /// With an order for those who ask for none.
  func sorted(by order: String) -> ListingOptions {
    var options = self
    options.sort = sort ?? order
    return options
  }
}

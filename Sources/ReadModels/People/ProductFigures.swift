package import Events

/// What a person bought of one product, in orders that count.
package struct ProductFigures: Hashable, Sendable {
  package var units: ExactDecimal = .zero
  /// How many orders have it, and when the last of them was placed.
  package var orders = 0
  package var last: Int64 = 0
  /// As the latest order that names it does.
  package var name: String?

  package init() {}
}

/// What a person bought of one category of products, in orders that count.
package struct CategoryFigures: Hashable, Sendable {
  package var units: ExactDecimal = .zero
  /// How many orders have it, and when the last of them was placed.
  package var orders = 0
  package var last: Int64 = 0

  package init() {}
}

extension Person {
  /// The categories that the person bought most of first: by units, then orders, then the bytes of the name.
  package var favouriteCategories: [(name: String, figures: CategoryFigures)] {
    categoryFigures.entries.map { (name: $0.name, figures: $0.value) }.sorted { a, b in
      if a.figures.units != b.figures.units { return a.figures.units > b.figures.units }
      if a.figures.orders != b.figures.orders { return a.figures.orders > b.figures.orders }
      return a.name.compareBytes(with: b.name) < 0
    }
  }
}

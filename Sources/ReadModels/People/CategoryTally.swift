import Events

/// What a person bought of one category so far.
struct CategoryTally: Hashable {
  /// Nil once the sum needs more than 38 digits, so that it does not depend on the order of adding.
  private var units: ExactDecimal?
  private var orders = 1
  private var last: Int64
  /// The number of the order that was counted last: several of its items may be of one category.
  private var lastOrder: Int

  init(_ quantity: ExactDecimal, placedAt time: Int64, order: Int) {
    units = quantity
    last = time
    lastOrder = order
  }

  /// Adds an item of an order. The items of one order come one after the other.
  mutating func add(_ quantity: ExactDecimal, placedAt time: Int64, order: Int) {
    units = ProductTally.sum(units, quantity)
    last = max(last, time)
    guard order != lastOrder else { return }
    orders += 1
    lastOrder = order
  }

  /// Units that no number can say are given as zero.
  var figures: CategoryFigures {
    var figures = CategoryFigures()
    figures.units = units ?? .zero
    figures.orders = orders
    figures.last = last
    return figures
  }
}

import Events

/// What a person bought of one product so far, and which order its name is taken from: the latest that gives one.
struct ProductTally: Hashable {
  /// Nil once the sum needs more than 38 digits, so that it does not depend on the order of adding.
  private var units: ExactDecimal?
  private var orders = 1
  private var last: Int64
  private var name: String?
  private var nameTime: Int64
  private var nameOrder: String

  init(_ quantity: ExactDecimal, name: String?, in order: OrderState) {
    units = quantity
    last = order.placedAt ?? 0
    self.name = name
    nameTime = last
    nameOrder = order.id
  }

  mutating func merge(_ other: Self) {
    units = Self.sum(units, other.units)
    orders += other.orders
    last = max(last, other.last)
    if other.name != nil, name == nil || isNameBefore(other) {
      (name, nameTime, nameOrder) = (other.name, other.nameTime, other.nameOrder)
    }
  }

  private func isNameBefore(_ other: Self) -> Bool {
    nameTime != other.nameTime ? nameTime < other.nameTime : nameOrder.compareBytes(with: other.nameOrder) < 0
  }

  static func sum(_ a: ExactDecimal?, _ b: ExactDecimal?) -> ExactDecimal? {
    guard let a, let b else { return nil }
    do { return try a.adding(b) } catch { return nil }
  }

  /// Units that no number can say are given as zero.
  var figures: ProductFigures {
    var figures = ProductFigures()
    figures.units = units ?? .zero
    figures.orders = orders
    figures.last = last
    figures.name = name
    return figures
  }
}

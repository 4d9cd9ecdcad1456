import Events
import TimeZones

/// How one value stands to another.
enum Order {
  case less, equal, greater

  init<Element: Comparable>(_ left: Element, _ right: Element) {
    self = left < right ? .less : right < left ? .greater : .equal
  }

  var reversed: Order {
    switch self {
    case .less: .greater
    case .equal: .equal
    case .greater: .less
    }
  }
}

extension ComparisonOperator {
  /// Null compares false with everything. Values that cannot be brought to one kind are unequal and in no order.
  func holds(_ left: Value, _ right: Value, in zone: TimeZone) -> Bool {
    if left.isNull || right.isNull { return false }
    switch self {
    case .equal: return left.isEqual(to: right, in: zone)
    case .unequal: return !left.isEqual(to: right, in: zone)
    case .less: return left.order(to: right, in: zone) == .less
    case .greater: return left.order(to: right, in: zone) == .greater
    case .lessOrEqual: return [.less, .equal].contains(left.order(to: right, in: zone))
    case .greaterOrEqual: return [.greater, .equal].contains(left.order(to: right, in: zone))
    }
  }
}

extension Value {
  /// Texts are equal when their NFC is, so the texts '7' and '07' differ though both equal the number 7.
  func isEqual(to other: Value, in zone: TimeZone) -> Bool {
    switch (self, other) {
    case (.text(let left), .text(let right)): return left == right
    case (.bool(let left), .bool(let right)): return left == right
    case (.bool(let flag), .text(let text)), (.text(let text), .bool(let flag)):
      return text.lowercased() == (flag ? "true" : "false")
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1, in: zone) }
    default: return order(to: other, in: zone) == .equal
    }
  }

  /// Nil where the two are in no order. Texts that both say numbers are ordered by value, other texts by their Unicode
  /// scalars in NFC.
  func order(to other: Value, in zone: TimeZone) -> Order? {
    switch (self, other) {
    case (.number(let left), .number(let right)): return Order(left, right)
    case (.text(let left), .text(let right)):
      guard let leftNumber = readNumber(left), let rightNumber = readNumber(right) else { return Order(left, right) }
      return Order(leftNumber, rightNumber)
    case (.number, .text), (.text, .number):
      guard let left = numberByValue, let right = other.numberByValue else { return nil }
      return Order(left, right)
    default: return orderInTime(to: other, in: zone)
    }
  }

  private func orderInTime(to other: Value, in zone: TimeZone) -> Order? {
    switch (asTime(), other.asTime()) {
    case (.instant(let left), .instant(let right)): Order(left, right)
    case (.day(let left), .day(let right)): Order(left, right)
    case (.instant(let instant), .day(let day)): Self.order(of: instant, to: day, in: zone)
    case (.day(let day), .instant(let instant)): Self.order(of: instant, to: day, in: zone).reversed
    default: nil
    }
  }

  /// A day is all of its instants: whatever lies within it is equal to it.
  private static func order(of instant: Instant, to day: CivilDate, in zone: TimeZone) -> Order {
    if instant < zone.startOfDay(day) { return .less }
    return instant > zone.endOfDay(day) ? .greater : .equal
  }
}

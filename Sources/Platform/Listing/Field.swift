package import Events
package import Expressions

/// A column of a listing: a name for `--fields`, `--sort` and `--where`, and how to read it from a row.
package struct Field<Row> {
  /// What the values are: how they are aligned and written.
  package enum Kind: Sendable {
    case text, count, money, time, flag, list
    /// A part of a whole, as a fraction; tables show it as a percentage.
    case ratio
  }

  /// With dots where fields form a group: `orders.count`.
  package let name: String
  /// The heading in tables.
  package let title: String
  package let kind: Kind
  /// Whether the value comes from the figures of a row, which can be read without the rest of it.
  package let isFigure: Bool
  /// The value; amounts are numbers in major units.
  package let value: (Row) -> Value

  package init(
    _ name: String, _ title: String, _ kind: Kind, isFigure: Bool = false, _ value: @escaping (Row) -> Value
  ) {
    self.name = name
    self.title = title
    self.kind = kind
    self.isFigure = isFigure
    self.value = value
  }
}

/// Values of fields; null for what is nil.
extension Value {
  package init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  package init(_ number: ExactDecimal?) {
    if let number { self = .number(number) } else { self = .null }
  }
  package init(_ count: Int) { self = .number(ExactDecimal(Int64(count))) }
  /// A time in microseconds since 1970; the greatest and the least number stand for never.
  package init(microseconds time: Int64?) {
    guard let time, time != .max, time != .min else {
      self = .null
      return
    }
    self = .instant(Instant(microseconds: time))
  }
  /// An amount in major units.
  package init(_ money: Money?) { self = money.map { .number($0.decimal) } ?? .null }
  package init(texts: some Sequence<String>) { self = .list(texts.map { .text($0) }) }
}

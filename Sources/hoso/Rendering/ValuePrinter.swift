import Events
import Expressions
import JSON
import Platform
import TimeZones

/// Writes one value of a row: for a reader, for a CSV cell, or as JSON.
struct ValuePrinter<Row> {
  let times: TimeFormatter
  /// The currency of a row's amounts.
  private let currency: (Row) -> Currency?

  init(zone: TimeZone, currency: @escaping (Row) -> Currency?) {
    times = TimeFormatter(zone: zone)
    self.currency = currency
  }

  /// Local time, grouped digits, amounts as their currency writes them.
  func cell(_ field: Field<Row>, _ row: Row) -> String {
    switch field.value(row) {
    case .null: return "-"
    case .instant(let time): return times.minute(time.microseconds)
    case .list(let elements): return elements.compactMap(\.plainText).joined(separator: ", ")
    case .number(let number):
      if let money = money(number, field, row) { return AmountFormat.text(money) }
      if field.kind == .ratio { return percentage(number) }
      return number.int64.map { grouped($0) } ?? number.description
    case let other: return other.plainText ?? "-"
    }
  }

  /// UTC, plain digits, lists separated by semicolons.
  func plain(_ field: Field<Row>, _ row: Row) -> String {
    switch field.value(row) {
    case .list(let elements): elements.compactMap(\.plainText).joined(separator: ";")
    case .number(let number): money(number, field, row)?.decimalString ?? number.description
    case let other: other.plainText ?? ""
    }
  }

  /// Amounts are decimal strings, other numbers are numbers.
  func writeJSON(_ field: Field<Row>, _ row: Row, to writer: inout JSONWriter) {
    write(field.value(row), field, row, to: &writer)
  }

  private func write(_ value: Value, _ field: Field<Row>, _ row: Row, to writer: inout JSONWriter) {
    switch value {
    case .null, .record: writer.null()
    case .bool(let flag): writer.value(flag)
    case .number(let number):
      if let money = money(number, field, row) {
        writer.value(money.decimalString)
      } else {
        writer.raw(number.description)
      }
    case .list(let elements):
      writer.beginArray()
      for element in elements { write(element, field, row, to: &writer) }
      writer.endArray()
    default: writer.value(value.plainText ?? "")
    }
  }

  private func money(_ number: ExactDecimal, _ field: Field<Row>, _ row: Row) -> Money? {
    guard field.kind == .money, let currency = currency(row) else { return nil }
    do { return try Money(number, currency) } catch { return nil }
  }
}

import Events
import TimeZones

/// A whole number with commas between thousands.
func grouped(_ number: some BinaryInteger) -> String {
  let digits = String(number.magnitude)
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return number < 0 ? "-" + result : result
}

/// A count with its noun: `1 line`, `2 lines`.
func counted(_ number: some BinaryInteger, _ noun: String) -> String {
  "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}

/// Bytes in the unit that fits.
func formattedBytes(_ count: some BinaryInteger) -> String {
  var amount = Double(count)
  for unit in ["B", "KiB", "MiB", "GiB"] {
    if amount < 1024 { return unit == "B" ? "\(count) B" : "\(oneDecimal(amount)) \(unit)" }
    amount /= 1024
  }
  return "\(oneDecimal(amount)) TiB"
}

/// A number with one decimal.
func oneDecimal(_ number: Double) -> String {
  let tenths = Int((number * 10).rounded())
  return "\(tenths / 10).\(abs(tenths % 10))"
}

/// A fraction as a percentage with two decimals, halves rounded away from zero: `12.50%`.
func percentage(_ ratio: ExactDecimal) -> String {
  guard let shift = ratio.rounded(toScale: 4).scaledToTenThousandths else { return "\(ratio)" }
  return (shift < 0 ? "-" : "") + grouped(shift.magnitude / 100) + "." + zeroPadded(shift.magnitude % 100, width: 2)
    + "%"
}

extension ExactDecimal {
  /// The value times ten thousand; nil where it is no whole number of 64 bits.
  fileprivate var scaledToTenThousandths: Int64? {
    do { return try multiplied(by: ExactDecimal(10_000)).int64 } catch { return nil }
  }
}

/// An amount as the currency's own country writes it; others as `12.50 XXX`.
struct AmountFormat {
  private struct Style {
    let symbol: String
    let isBefore: Bool
    let group: String
    let point: String
  }

  private static let styles: [String: Style] = [
    "VND": Style(symbol: " ₫", isBefore: false, group: ".", point: ","),
    "EUR": Style(symbol: " €", isBefore: false, group: ".", point: ","),
    "USD": Style(symbol: "$", isBefore: true, group: ",", point: "."),
    "GBP": Style(symbol: "£", isBefore: true, group: ",", point: "."),
    "JPY": Style(symbol: "¥", isBefore: true, group: ",", point: "."),
    "THB": Style(symbol: "฿", isBefore: true, group: ",", point: "."),
  ]

  static func text(_ money: Money) -> String {
    let style =
      styles[money.currency.code] ?? Style(symbol: " \(money.currency)", isBefore: false, group: ",", point: ".")
    let parts = money.decimalString.split(separator: ".")
    let sign = money.minorUnits < 0 ? "-" : ""
    let whole = grouped(Int64(parts[0].drop { $0 == "-" }) ?? 0).split(separator: ",").joined(separator: style.group)
    let number = parts.count > 1 ? whole + style.point + parts[1] : whole
    return sign + (style.isBefore ? style.symbol + number : number + style.symbol)
  }
}

/// Times as a reader in the shop expects them: local, to the minute.
struct TimeFormatter {
  let zone: TimeZone

  /// The greatest and the least number stand for never.
  func minute(_ microseconds: Int64) -> String {
    guard microseconds != .max, microseconds != .min else { return "never" }
    let civil = zone.civil(Instant(microseconds: microseconds))
    return "\(civil.date.iso) \(zeroPadded(civil.hour, width: 2)):\(zeroPadded(civil.minute, width: 2))"
  }

  func day(_ microseconds: Int64) -> String { zone.civil(Instant(microseconds: microseconds)).date.iso }
}

import Events
import JSON

/// The formats that are checked (draft 2020-12, validation section 7), and Hoso's own three.
///
/// A format says nothing about values of other types than its own: that is for `type`.
enum Format: String, CaseIterable, BitwiseCopyable {
  case dateTime = "date-time"
  case date, time, email, uri, uuid, ipv4
  /// An amount: a number, or a string that holds one; not negative; not finer than its currency.
  case money
  /// The price of one unit: as `money`, but it may be negative and has up to six decimals.
  case price
  /// A known code of ISO 4217.
  case currency

  @inline(__always)
  func admits(_ value: JSONValue, _ context: ValidationContext) -> Bool {
    switch value.kind {
    case .string: admits(text: value.bytes, context)
    case .number: admits(number: value.bytes, context)
    default: true
    }
  }

  private func admits(number bytes: UnsafeBufferPointer<UInt8>, _ context: ValidationContext) -> Bool {
    switch self {
    case .money: Amount.isMoney(bytes, context)
    case .price: Amount.isPrice(bytes)
    default: true
    }
  }

  private func admits(text bytes: UnsafeBufferPointer<UInt8>, _ context: ValidationContext) -> Bool {
    switch self {
    case .money: Amount.isMoney(bytes, context)
    case .price: Amount.isPrice(bytes)
    case .currency: Currency(utf8: bytes) != nil
    case .dateTime: TimeFormat.isDateTime(bytes)
    case .date: TimeFormat.isDate(bytes)
    case .time: TimeFormat.isTime(bytes)
    case .email: AddressFormat.isEmail(bytes)
    case .uri: AddressFormat.isURI(bytes)
    case .uuid: AddressFormat.isUUID(bytes)
    case .ipv4: AddressFormat.isIPv4(bytes)
    }
  }

  /// What is expected, for people.
  func words(_ context: ValidationContext) -> String {
    switch self {
    case .dateTime: "a time by RFC 3339 with an offset, such as 2026-02-28T14:05:00+07:00"
    case .date: "a date such as 2026-02-28"
    case .time: "a time of day with an offset, such as 14:05:00+07:00"
    case .email: "an e-mail address"
    case .uri: "a URI with its scheme"
    case .uuid: "a UUID"
    case .ipv4: "an IPv4 address"
    case .money: "an amount of money, not negative, not too large for 64 bits\(Amount.decimals(context))"
    case .price: "a price with at most \(counted(Amount.priceDecimalsMax, "decimal"))"
    case .currency: "a currency code of ISO 4217 such as VND"
    }
  }
}

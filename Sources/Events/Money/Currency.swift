/// A currency of ISO 4217, held as its three letters in one integer.
package struct Currency: Hashable, Comparable, Sendable {
  /// The letters as one number, the first in bits 16 to 23: storage format, ordered like the codes.
  package let rawValue: UInt32

  /// Takes back what `rawValue` gave. Not checked against the list, so that a store goes on reading a currency that has
  /// been withdrawn since.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Nil unless the text is a known code in capitals. O(log n).
  package init?(_ code: String) {
    var code = code
    let currency = code.withUTF8 { Currency(utf8: $0) }
    guard let currency else { return nil }
    self = currency
  }

  /// Nil unless the bytes are a known code in capitals. O(log n), no allocation.
  package init?(utf8 code: UnsafeBufferPointer<UInt8>) {
    guard code.count == 3 else { return nil }
    let packed = Self.packed(code[0], code[1], code[2])
    guard CurrencyCodes.contains(packed) else { return nil }
    self.init(rawValue: packed)
  }

  static func packed(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt32 {
    UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
  }

  /// The three letters: "VND".
  package var code: String {
    let letters = [rawValue >> 16, rawValue >> 8, rawValue].map { UInt8(truncatingIfNeeded: $0) }
    return String(decoding: letters, as: UTF8.self)
  }

  /// The decimals of the minor unit: 2 for USD, 0 for VND, 3 for KWD.
  package var exponent: Int { CurrencyCodes.exponent(of: rawValue) }

  package static func < (left: Currency, right: Currency) -> Bool { left.rawValue < right.rawValue }
}

extension Currency: CustomStringConvertible {
  package var description: String { code }
}

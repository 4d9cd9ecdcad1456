import Hashing

/// The public id of a person: `p` and sixteen characters of Crockford's base 32 (https://www.crockford.com/base32.html).
///
/// It is the first 80 bits of the key of the person's strongest identifier, so it follows from the events alone, and any
/// id that a person ever had still names one of their identifiers.
package struct PersonID: Hashable, Sendable, CustomStringConvertible {
  private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// The first 80 bits of an identifier key, in the low bits.
  package let prefix: UInt128

  /// The id of the person whose strongest identifier has this key.
  package init(_ key: IdentifierKey) {
    prefix = UInt128(key.hash.high) << 16 | UInt128(key.hash.low >> 48)
  }

  /// Reads the text form; letters in either case, and `i`, `l` and `o` as the digits they look like. Nil for anything else.
  package init?(_ text: String) {
    let characters = Array(text.lowercased().utf8)
    guard characters.count == 17, characters[0] == UInt8(ascii: "p") else { return nil }
    var value: UInt128 = 0
    for character in characters.dropFirst() {
      guard let digit = Self.digits.firstIndex(of: Self.withoutLookalike(character)) else { return nil }
      value = value << 5 | UInt128(digit)
    }
    prefix = value
  }

  private static func withoutLookalike(_ character: UInt8) -> UInt8 {
    switch character {
    case UInt8(ascii: "o"): UInt8(ascii: "0")
    case UInt8(ascii: "i"), UInt8(ascii: "l"): UInt8(ascii: "1")
    default: character
    }
  }

  /// The lowest identifier key with this prefix.
  package var lowestKey: IdentifierKey {
    IdentifierKey(
      Hash128(high: UInt64(truncatingIfNeeded: prefix >> 16), low: UInt64(truncatingIfNeeded: prefix) << 48))
  }

  /// Whether the id was made from a key.
  package func matches(_ key: IdentifierKey) -> Bool { PersonID(key) == self }

  /// `p` and sixteen digits in lower case.
  package var description: String {
    let characters = stride(from: 75, through: 0, by: -5).map {
      Self.digits[Int(truncatingIfNeeded: prefix >> UInt128($0)) & 31]
    }
    return "p" + String(decoding: characters, as: UTF8.self)
  }
}

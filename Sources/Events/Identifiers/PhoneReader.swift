/// Takes the digits out of a written phone number.
///
/// Spaces and - . / ( ) may stand anywhere, one '+' before the first digit. Anything else is a problem; an extension is
/// one with a reason of its own, since the number without it is a whole company's.
struct PhoneReader {
  private(set) var digits = DialledDigits()
  private(set) var isInternational = false

  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> NormalisationProblem? {
    for position in 0..<bytes.count {
      let byte = bytes[position]
      let digit = byte &- UInt8(ascii: "0")
      if digit <= 9 {
        guard digits.count < DialledDigits.greatestCount else { return .phoneLength }
        digits.append(digit)
      } else if byte == UInt8(ascii: "+"), digits.count == 0, !isInternational {
        isInternational = true
      } else if !Self.isSeparator(byte) {
        let rest = UnsafeBufferPointer(rebasing: bytes[position...])
        return digits.count > 0 && Self.isExtension(rest) ? .phoneWithExtension : .phoneWithOtherCharacters
      }
    }
    return digits.count > 0 ? nil : .phoneLength
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
      UInt8(ascii: ")"):
      true
    default: false
    }
  }

  /// Longest first, so that no marker hides a longer one. The last are máy lẻ, nội bộ and nhánh without accents.
  private static let extensionMarkers: [StaticString] = [
    "extension", "extn", "ext", "x", "#", "may le", "noi bo", "nhanh",
  ]

  /// Whether the bytes are a marker, after ';' or ',' if need be, and a number up to the end.
  private static func isExtension(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = UnsafeBufferPointer(
      rebasing: bytes.drop { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") })
    for marker in extensionMarkers {
      let length = marker.utf8CodeUnitCount
      let matches =
        text.count >= length
        && marker.withUTF8Buffer { $0.elementsEqual(text[..<length].lazy.map(\.loweredASCII)) }
      if matches { return isExtensionNumber(UnsafeBufferPointer(rebasing: text[length...])) }
    }
    return false
  }

  /// 1 to 7 digits, with separators, ':' and '=' around them.
  private static func isExtensionNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var count = 0
    for byte in bytes {
      if byte &- UInt8(ascii: "0") <= 9 {
        count += 1
      } else if !isSeparator(byte), byte != UInt8(ascii: ":"), byte != UInt8(ascii: "=") {
        return false
      }
    }
    return (1...7).contains(count)
  }
}

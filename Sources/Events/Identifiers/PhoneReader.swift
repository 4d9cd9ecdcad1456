/// Takes the digits out of a written phone number.
///
/// Spaces and - . / ( ) may stand anywhere, one '+' before the first digit. An extension is dropped when it is marked by
/// "ext", "extn", "extension", "x", "#" or ";ext=" and has 1 to 7 digits up to the end: it is reached through the number,
/// it does not tell people apart. Anything else is a problem.
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
        return digits.count > 0 && Self.isExtension(rest) ? nil : .phoneWithOtherCharacters
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

  /// Longest first, so that no marker hides a longer one.
  private static let extensionMarkers: [StaticString] = ["extension", ";ext=", "extn", "ext", "x", "#"]

  private static func isExtension(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for marker in extensionMarkers {
      let length = marker.utf8CodeUnitCount
      let matches =
        bytes.count >= length
        && marker.withUTF8Buffer { $0.elementsEqual(bytes[..<length].lazy.map(\.loweredASCII)) }
      if matches { return isExtensionNumber(UnsafeBufferPointer(rebasing: bytes[length...])) }
    }
    return false
  }

  /// 1 to 7 digits, after any of " .:-".
  private static func isExtensionNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let number = bytes.drop { byte in
      byte == UInt8(ascii: " ") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
        || byte == UInt8(ascii: "-")
    }
    return (1...7).contains(number.count) && number.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
  }
}

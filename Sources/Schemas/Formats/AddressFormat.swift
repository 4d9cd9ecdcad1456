/// The formats of addresses and identifiers.
enum AddressFormat {
  /// Simple on purpose: one "@" with something either side, no white space and no control characters.
  static func isEmail(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > 0, at < bytes.count - 1 else { return false }
    return bytes[(at + 1)...].allSatisfy { $0 != UInt8(ascii: "@") } && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }

  /// RFC 3986, section 3: a scheme, ":" and allowed characters; percent-escapes are complete.
  static func isURI(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first, isLetter(first),
      bytes[..<colon].allSatisfy({ isLetter($0) || isDigit($0) || [0x2B, 0x2D, 0x2E].contains($0) })
    else { return false }
    var position = colon + 1
    while position < bytes.count {
      guard isURIByte(bytes[position]) else { return false }
      if bytes[position] == UInt8(ascii: "%") {
        guard position + 2 < bytes.count, bytes[position + 1].hexadecimalValue != nil,
          bytes[position + 2].hexadecimalValue != nil
        else { return false }
      }
      position += 1
    }
    return true
  }

  /// RFC 9562, section 4: 8-4-4-4-12 hexadecimal digits.
  static func isUUID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count == 36
      && bytes.indices.allSatisfy { position in
        [8, 13, 18, 23].contains(position)
          ? bytes[position] == UInt8(ascii: "-") : bytes[position].hexadecimalValue != nil
      }
  }

  /// RFC 2673, section 3.2: four decimal numbers to 255, without leading zeros.
  static func isIPv4(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy(isOctet)
  }

  private static func isOctet(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard (1...3).contains(digits.count), digits.allSatisfy(isDigit) else { return false }
    guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 255
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// Printable ASCII without what RFC 3986 excludes.
  private static func isURIByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
      UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
      false
    default: byte > 0x20 && byte < 0x7F
    }
  }
}

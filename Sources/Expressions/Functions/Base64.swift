/// The bytes behind base64 (RFC 4648, sections 4 and 5): both alphabets, padding optional, blanks and line breaks passed
/// over. Nil for anything else. O(n).
func base64Decoded(_ text: String) -> [UInt8]? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count * 3 / 4)
  var (buffer, bits): (UInt32, Int) = (0, 0)
  var isPadded = false
  for byte in text.utf8 where byte > 0x20 {
    if byte == UInt8(ascii: "=") {
      isPadded = true
      continue
    }
    guard !isPadded, let sextet = sextet(byte) else { return nil }
    buffer = (buffer << 6 | sextet) & 0xFFFFFF
    bits += 6
    guard bits >= 8 else { continue }
    bits -= 8
    bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
  }
  // A single character beyond whole bytes carries less than a byte.
  return bits < 6 ? bytes : nil
}

private func sextet(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
  case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
  case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
  case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
  default: nil
  }
}

import UnicodeText

/// A name in small letters and digits, its words joined by `_`.
///
/// A word begins where other characters end, at a capital behind a small letter or a digit, and at the last of several
/// capitals if a small letter follows: "HTTPRequest" gives "http_request". Diacritics are taken off; letters outside
/// ASCII that remain stand between words. O(n).
func snakeCase(_ text: String) -> String {
  // Bytes do: what is not ASCII stands between words, however many bytes it has.
  let bytes = Array(foldingDiacritics(text).utf8)
  let mark = UInt8(ascii: "_")
  var name: [UInt8] = []
  name.reserveCapacity(bytes.count + 4)
  for (index, byte) in bytes.enumerated() {
    guard isCapital(byte) || isSmall(byte) || byte &- UInt8(ascii: "0") <= 9 else {
      if let last = name.last, last != mark { name.append(mark) }
      continue
    }
    if isCapital(byte), index > 0, let last = name.last, last != mark,
      !isCapital(bytes[index - 1]) || index + 1 < bytes.count && isSmall(bytes[index + 1])
    {
      name.append(mark)
    }
    name.append(isCapital(byte) ? byte + 32 : byte)
  }
  if name.last == mark { name.removeLast() }
  return String(decoding: name, as: UTF8.self)
}

private func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
private func isSmall(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

import Events

/// Reads a number as people and spreadsheets write it: blanks around it, a leading `+` and leading zeros are allowed,
/// and a digit before the point is not needed. Nil when the text is no number or cannot be held exactly.
func readNumber(_ text: String) -> ExactDecimal? {
  if let number = ExactDecimal(text) { return number }
  guard mayBeNumber(text) else { return nil }
  return strictNumberForm(text).flatMap { ExactDecimal($0) }
}

/// Whether no character rules a number out: a quick answer for the many texts that are none.
private func mayBeNumber(_ text: String) -> Bool {
  text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    case UInt8(ascii: "e"), UInt8(ascii: "E"), 0x09...0x0D, 0x20, 0x80...: true
    default: false
    }
  }
}

/// The same number as JSON (RFC 8259, section 6) writes it; nil where that is not a matter of spelling.
private func strictNumberForm(_ text: String) -> String? {
  var digits = trimmed(text)[...]
  let isNegative = digits.first == "-"
  if isNegative || digits.first == "+" { digits = digits.dropFirst() }
  guard let first = digits.unicodeScalars.first, first == "." || ("0"..."9").contains(first) else { return nil }
  digits = digits.drop { $0 == "0" }
  let needsZero = digits.isEmpty || !("0"..."9").contains(digits.unicodeScalars[digits.unicodeScalars.startIndex])
  return (isNegative ? "-" : "") + (needsZero ? "0" : "") + digits
}

/// Reads a number whose decimals follow `separator`; points, commas, blanks and apostrophes that group its digits are
/// taken out.
///
/// A grouping mark must have exactly three digits between it and the next mark or the end of the integer part, so that
/// `1,5` read with a point as separator is refused and not taken for 15. Nil when the text is no number.
func readNumber(_ text: String, decimalSeparator separator: Character) -> ExactDecimal? {
  let halves = trimmed(text).split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
  guard let integer = halves.first, let digits = withoutGrouping(integer, separator) else { return nil }
  guard halves.count == 2 else { return readNumber(digits) }
  return readNumber(digits + "." + halves[1])
}

private func withoutGrouping(_ integer: Substring, _ separator: Character) -> String? {
  let marks: Set<Character> = [".", ",", "'", "’", " ", "\u{A0}", "\u{202F}"]
  let groups = integer.split(omittingEmptySubsequences: false) { $0 != separator && marks.contains($0) }
  guard groups.count > 1 else { return String(integer) }
  let leading = groups[0].drop { $0 == "-" || $0 == "+" }
  guard (1...3).contains(leading.count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
  return groups.joined()
}

/// Without white space (Unicode property White_Space) at both ends.
func trimmed(_ text: String) -> String {
  let isBare: (UInt8) -> Bool = { $0 > 0x20 && $0 < 0x80 }
  if let first = text.utf8.first, let last = text.utf8.last, isBare(first), isBare(last) { return text }
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
    let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
  else { return "" }
  return String(scalars[first...last])
}

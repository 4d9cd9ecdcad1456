/// The text without the accents of Latin, Greek and Cyrillic letters, for searching: "Đặng Thị Hồng" becomes
/// "Dang Thi Hong".
///
/// The stroke of đ and Đ, which Unicode does not count as an accent, is taken off too. Letter case stays as it is. Vowel
/// signs of other scripts (Thai, Devanagari ...) carry meaning and stay. The result is in NFC. O(n).
package func foldingDiacritics(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
  let decomposed = rewritten(text) { (bytes) throws(MalformedUTF8) in try nfd(bytes) }
  var folded = String.UnicodeScalarView()
  for scalar in decomposed.unicodeScalars where !isCombiningDiacriticalMark(scalar) {
    folded.append(withoutStroke(scalar))
  }
  return nfc(String(folded))
}

/// The block "Combining Diacritical Marks".
private func isCombiningDiacriticalMark(_ scalar: Unicode.Scalar) -> Bool {
  (0x0300...0x036F).contains(scalar.value)
}

private func withoutStroke(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar {
  case "đ": "d"
  case "Đ": "D"
  default: scalar
  }
}

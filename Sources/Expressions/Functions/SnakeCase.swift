import UnicodeText

/// A name in small letters and digits, its words joined by `_`.
///
/// A word begins where other characters end, at a capital behind a small letter or a digit, and at the last of several
/// capitals if a small letter follows: "HTTPRequest" gives "http_request". Diacritics are taken off; letters outside
/// ASCII that remain stand between words. O(n).
func snakeCase(_ text: String) -> String {
  let scalars = Array(foldingDiacritics(text).unicodeScalars)
  var name = ""
  for (index, scalar) in scalars.enumerated() {
    guard scalar.isASCII, isLetterOrDigit(scalar) else {
      if !name.isEmpty, name.utf8.last != UInt8(ascii: "_") { name += "_" }
      continue
    }
    if isCapital(scalar), index > 0, !name.isEmpty, name.utf8.last != UInt8(ascii: "_"),
      !isCapital(scalars[index - 1]) || index + 1 < scalars.count && isSmall(scalars[index + 1])
    {
      name += "_"
    }
    name.unicodeScalars.append(isCapital(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
  }
  return name.utf8.last == UInt8(ascii: "_") ? String(name.dropLast()) : name
}

private func isCapital(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }
private func isSmall(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }

private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
  isCapital(scalar) || isSmall(scalar) || ("0"..."9").contains(scalar)
}

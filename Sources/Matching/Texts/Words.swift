import UnicodeText

/// The words of a text as they are compared: lower case, without diacritics and punctuation; đ counts as d.
///
/// An apostrophe does not end a word: "O'Brien" is one. Words are cut to 64 bytes. O(n).
func words(of text: String) -> [String] {
  let folded = foldingDiacritics(text).lowercased()
  return folded.unicodeScalars.split(whereSeparator: { !isPartOfWord($0) }).compactMap { part in
    let word = String(String.UnicodeScalarView(part.lazy.filter { !isApostrophe($0) }))
    return word.isEmpty ? nil : cut(word)
  }
}

private func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x30...0x39, 0x61...0x7A: true
  case 0..<0x80: isApostrophe(scalar)
  default: isApostrophe(scalar) || isLetterMarkOrNumber(scalar.properties.generalCategory)
  }
}

private func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
  scalar == "'" || scalar == "\u{2019}" || scalar == "\u{02BC}"
}

private func isLetterMarkOrNumber(_ category: Unicode.GeneralCategory) -> Bool {
  switch category {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
  case .nonspacingMark, .spacingMark, .enclosingMark: true
  case .decimalNumber, .letterNumber, .otherNumber: true
  default: false
  }
}

private func cut(_ word: String) -> String {
  word.utf8.count <= 64 ? word : String(decoding: word.utf8.prefix(64), as: UTF8.self)
}

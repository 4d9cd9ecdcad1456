extension Vocabulary {
  /// Calls `take` with the number of each word of a text. O(n) for texts of known words.
  mutating func addWords(of text: String, _ take: (UInt32) -> Void) {
    for part in text.utf8.split(whereSeparator: isSeparator) {
      for word in knownWords(of: String(Substring(part))) {
        count(word)
        take(word)
      }
    }
  }
}

/// The text with spaces before numbers taken out, so that the 8 of "Quận 8" is no number of a house or of a ward.
func joiningNumbers(_ text: String) -> String {
  var joined: [UInt8] = []
  for byte in text.utf8 {
    let isDigit = (0x30...0x39).contains(byte)
    if isDigit, joined.count > 1, joined.last == 0x20, !(0x30...0x39).contains(joined[joined.count - 2]) {
      joined.removeLast()
    }
    joined.append(byte)
  }
  return String(decoding: joined, as: UTF8.self)
}

/// Spaces and punctuation of ASCII, but for the apostrophe.
private func isSeparator(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF, UInt8(ascii: "'"): false
  default: true
  }
}

import UnicodeText

/// Whether a text contains another when letter case is ignored, and Vietnamese and other diacritics too unless the
/// searched text has some: `nguyen` finds `Nguyễn`, `nguyễn` does not find `Nguyen`. O(lengths' product) at worst.
func contains(_ text: String, searched: String) -> Bool {
  let wanted = nfc(searched.lowercased())
  let folded = foldingDiacritics(wanted)
  let lowered = text.lowercased()
  let searchedIn = folded.utf8.elementsEqual(wanted.utf8) ? foldingDiacritics(lowered) : nfc(lowered)
  return firstOccurrence(of: Array(wanted.utf8), in: Array(searchedIn.utf8), from: 0) != nil
}

/// What stands between the separators, empty parts included. Both are compared in NFC; the separator is not empty.
func parts(of text: String, separatedBy separator: String) -> [String] {
  let (bytes, wanted) = (Array(nfc(text).utf8), Array(nfc(separator).utf8))
  var parts: [String] = []
  var start = 0
  while let found = firstOccurrence(of: wanted, in: bytes, from: start) {
    parts.append(String(decoding: bytes[start..<found], as: UTF8.self))
    start = found + wanted.count
  }
  return parts + [String(decoding: bytes[start...], as: UTF8.self)]
}

/// UTF-8 is self-synchronising, so whatever matches byte for byte begins and ends with a whole scalar.
private func firstOccurrence(of wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
  guard let first = wanted.first else { return start }
  guard bytes.count - wanted.count >= start else { return nil }
  return (start...(bytes.count - wanted.count)).first { index in
    bytes[index] == first && bytes[index..<(index + wanted.count)].elementsEqual(wanted)
  }
}

/// The Soundex code of a word (Odell and Russell, US patents 1,261,167 and 1,435,663; as in Knuth, "The Art of Computer
/// Programming", volume 3, section 6): its first letter and up to three digits for the consonants that follow, so that
/// "robert" and "rupert" have the same one. Words of other alphabets and numbers are coded by a hash of their first
/// bytes. O(n).
func soundCode(of word: String) -> UInt32 {
  guard let first = word.utf8.first, isLatinLetter(first) else { return hashedPrefix(of: word) }
  var code = UInt32(first)
  var (digits, last) = (0, soundDigit(first))
  for letter in word.utf8.dropFirst() where digits < 3 {
    let digit = soundDigit(letter)
    if digit > 0, digit != last {
      code = code << 4 | UInt32(digit)
      digits += 1
    }
    // h and w do not part two letters of one sound, vowels do.
    if letter != UInt8(ascii: "h"), letter != UInt8(ascii: "w") { last = digit }
  }
  return code << UInt32(4 * (3 - digits))
}

private func isLatinLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

private func hashedPrefix(of word: String) -> UInt32 {
  var hash = ContentHash()
  for byte in word.utf8.prefix(9) { hash.feed(byte) }
  return hash.short | 1 << 31
}

private func soundDigit(_ letter: UInt8) -> UInt8 {
  switch letter {
  case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "p"), UInt8(ascii: "v"): 1
  case UInt8(ascii: "c"), UInt8(ascii: "g"), UInt8(ascii: "j"), UInt8(ascii: "k"), UInt8(ascii: "q"): 2
  case UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z"): 2
  case UInt8(ascii: "d"), UInt8(ascii: "t"): 3
  case UInt8(ascii: "l"): 4
  case UInt8(ascii: "m"), UInt8(ascii: "n"): 5
  case UInt8(ascii: "r"): 6
  default: 0
  }
}

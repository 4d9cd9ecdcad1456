/// The words of a field, each with a number, and what comparing needs to know of them. About 200 bytes a distinct word.
struct Vocabulary {
  /// What is known of a word without reading its letters.
  struct Word {
    /// Where its letters begin.
    fileprivate let offset: UInt32
    /// Letters in bytes of UTF-8, 1...64.
    let length: UInt8
    /// Numbers are the same or not, never similar.
    let hasDigit: Bool
    /// A bit for each letter that occurs.
    let letters: UInt32
    let soundCode: UInt32
    /// A hash that does not depend on the order in which words were added.
    let hash: UInt64
    /// In how many places it stands.
    fileprivate(set) var count: UInt32
  }

  private var numbers: [String: UInt32] = [:]
  /// What texts without spaces, as they were given, consist of.
  private var known: [String: [UInt32]] = [:]
  private var letters: [UInt8] = []
  private(set) var words: [Word] = []

  init() {}

  /// The words of a text without spaces, as it is given.
  mutating func knownWords(of text: String) -> [UInt32] {
    if let words = known[text] { return words }
    let words = Matching.words(of: text).map { number(of: $0) }
    known[text] = words
    return words
  }

  /// Counts a word once more.
  mutating func count(_ word: UInt32) { words[Int(word)].count += 1 }

  private mutating func number(of text: String) -> UInt32 {
    if let number = numbers[text] { return number }
    let number = UInt32(words.count)
    numbers[text] = number
    words.append(newWord(text))
    letters.append(contentsOf: text.utf8)
    return number
  }

  subscript(number: UInt32) -> Word { words[Int(number)] }

  /// The only letter of a word of one letter.
  func initial(of number: UInt32) -> UInt8 { letters[Int(words[Int(number)].offset)] }

  /// Jaro-Winkler similarity of two words.
  func similarity(_ a: UInt32, _ b: UInt32) -> Double {
    jaroWinkler(letters.span.extracting(range(a)), letters.span.extracting(range(b)))
  }

  /// Whether a word is what others are when written together.
  func isWord(_ whole: UInt32, joinedFrom parts: [UInt32]) -> Bool {
    guard parts.reduce(0, { $0 + Int(self[$1].length) }) == self[whole].length else { return false }
    return letters[range(whole)].elementsEqual(parts.lazy.map { letters[range($0)] }.joined())
  }

  /// Whether a word of at least two letters is part of a text.
  func isPart(_ number: UInt32, of text: ArraySlice<UInt8>) -> Bool {
    let word = letters[range(number)]
    guard word.count >= 2 else { return false }
    return text.indices.contains { text[$0...].starts(with: word) }
  }

  private func range(_ number: UInt32) -> Range<Int> {
    let word = words[Int(number)]
    return Int(word.offset)..<Int(word.offset) + Int(word.length)
  }

  private func newWord(_ text: String) -> Word {
    var hash = ContentHash()
    hash.feed(text)
    return Word(
      offset: UInt32(letters.count), length: UInt8(text.utf8.count),
      hasDigit: text.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) },
      letters: text.utf8.reduce(0) { $0 | 1 << UInt32($1 & 31) },
      soundCode: Matching.soundCode(of: text), hash: hash.value, count: 0)
  }
}

/// Which words of one text are those of another, in any order: first the same ones, then like ones.
///
/// The result depends on which text is the first: callers put them in an order that follows from their content.
struct WordAlignment {
  /// A set of places in a text of at most 64 words.
  typealias Places = UInt64

  /// Words of each that have no counterpart.
  private(set) var restA: Places
  private(set) var restB: Places
  private(set) var sameCount = 0
  private(set) var likeCount = 0
  /// The bits of rarity of the words that are the same.
  private(set) var sameBits = 0.0
  private(set) var likeBits = 0.0
  /// The sum of the similarities of the like words.
  private(set) var likeness = 0.0

  /// Matches the words that are the same. O(nm).
  init(_ a: Span<UInt32>, _ b: Span<UInt32>, _ rarity: Rarity) {
    restA = 1 << Places(a.count) - 1
    restB = 1 << Places(b.count) - 1
    for i in a.indices {
      guard let j = Self.firstPlace(of: a[i], in: b, restB) else { continue }
      match(i, j)
      sameCount += 1
      sameBits += rarity[a[i]]
    }
  }

  /// Matches what is left where it is like enough, each word of the first with the likest that is left. O(nm)
  /// comparisons of words.
  mutating func matchLikeWords(
    _ a: Span<UInt32>, _ b: Span<UInt32>, _ vocabulary: Vocabulary, _ rarity: Rarity
  ) {
    guard restA > 0, restB > 0 else { return }
    for i in a.indices where restA >> Places(i) & 1 == 1 {
      guard let best = likest(a[i], b, vocabulary, rarity) else { continue }
      match(i, best.place)
      likeCount += 1
      likeness += best.likeness
      likeBits += best.bits
    }
  }

  /// Matches the only word that is left of one with all that are left of the other, when it is they written together.
  mutating func matchJoinedWords(
    _ a: Span<UInt32>, _ b: Span<UInt32>, _ vocabulary: Vocabulary, _ rarity: Rarity
  ) {
    guard restA > 0, restB > 0 else { return }
    guard min(restA.nonzeroBitCount, restB.nonzeroBitCount) == 1, restA.nonzeroBitCount != restB.nonzeroBitCount
    else { return }
    let (left, right) = (Self.words(restA, of: a), Self.words(restB, of: b))
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    guard vocabulary.isWord(short[0], joinedFrom: long) else { return }
    (restA, restB) = (0, 0)
    likeCount += 1
    likeness += 1
    likeBits += rarity.similar(short[0], short[0])
  }

  /// The words at some places.
  static func words(_ places: Places, of words: Span<UInt32>) -> [UInt32] {
    var found: [UInt32] = []
    for place in words.indices where places >> Places(place) & 1 == 1 { found.append(words[place]) }
    return found
  }

  private static func firstPlace(of word: UInt32, in words: Span<UInt32>, _ places: Places) -> Int? {
    for place in words.indices where places >> Places(place) & 1 == 1 {
      if words[place] == word { return place }
    }
    return nil
  }

  /// The word that is likest among those that are left of the second text, the first of equally like ones.
  private func likest(
    _ word: UInt32, _ words: Span<UInt32>, _ vocabulary: Vocabulary, _ rarity: Rarity
  ) -> (place: Int, likeness: Double, bits: Double)? {
    var best: (place: Int, likeness: Double, bits: Double)?
    for place in words.indices where restB >> Places(place) & 1 == 1 {
      guard let found = like(word, words[place], vocabulary, rarity) else { continue }
      if found.likeness > best?.likeness ?? 0 { best = (place, found.likeness, found.bits) }
    }
    return best
  }

  private mutating func match(_ i: Int, _ j: Int) {
    restA &= ~(1 << Places(i))
    restB &= ~(1 << Places(j))
  }

  /// How like two different words are, and what that is worth; nil when they are just different.
  private func like(
    _ a: UInt32, _ b: UInt32, _ vocabulary: Vocabulary, _ rarity: Rarity
  ) -> (likeness: Double, bits: Double)? {
    let (left, right) = (vocabulary[a], vocabulary[b])
    guard !left.hasDigit, !right.hasDigit else { return nil }
    if left.length == 1 || right.length == 1 {
      // An initial; one word in ten begins with the same letter.
      return vocabulary.initial(of: a) == vocabulary.initial(of: b) ? (0.8, 3.3) : nil
    }
    // Short words are one letter away from too many others: An and Anh are two names.
    guard left.length >= 4, right.length >= 4, Self.mayBeLike(left, right) else { return nil }
    guard !rarity.areBothCommon(a, b) else { return nil }
    let likeness = vocabulary.similarity(a, b)
    return likeness >= 0.85 ? (likeness, rarity.similar(a, b)) : nil
  }

  /// Whether two words have more than half of their letters in common, which all do that are like enough.
  private static func mayBeLike(_ a: Vocabulary.Word, _ b: Vocabulary.Word) -> Bool {
    let common = (a.letters & b.letters).nonzeroBitCount
    return 2 * common > min(a.letters.nonzeroBitCount, b.letters.nonzeroBitCount)
  }
}

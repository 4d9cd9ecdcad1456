import Glibc

/// How many bits agreement on each word of a vocabulary is worth: the frequency-based weights of Winkler
/// ("Frequency-Based Matching in Fellegi-Sunter Model of Record Linkage", 2000). 8 bytes a distinct word.
struct Rarity {
  private let bits: [Double]
  private let common: [Bool]

  /// Words that more than `mostCommon` of the records have say nothing: they come with others, as in the name of a
  /// city.
  init(of vocabulary: Vocabulary, in population: Population, mostCommon: Double = 1) {
    bits = vocabulary.words.map { word in
      let share = population.wordShare(Int(word.count))
      return share > mostCommon ? 0 : -log2(share)
    }
    common = vocabulary.words.map(population.isCommon)
  }

  /// For the same word in both.
  subscript(word: UInt32) -> Double { bits[Int(word)] }

  /// For two words of which one is perhaps the other with a typing error: a stranger could have either, or one of the
  /// thousandth of words that are as like.
  func similar(_ a: UInt32, _ b: UInt32) -> Double { -log2(exp2(-self[a]) + exp2(-self[b]) + 0.001) }

  /// Whether both words are so common that neither is a misspelling.
  func areBothCommon(_ a: UInt32, _ b: UInt32) -> Bool { common[Int(a)] && common[Int(b)] }
}

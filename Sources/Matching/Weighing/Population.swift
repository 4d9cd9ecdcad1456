import Glibc

/// How many records there are and what is common among them: the chance that strangers agree follows from it.
///
/// A small data set does not show how common a name is. Therefore the chances are those of a population of at least
/// 10,000 people.
struct Population {
  /// Records, and 10,000.
  let size: Double
  private let count: Double

  init(count: Int) {
    self.count = Double(count)
    size = Double(count) + 10_000
  }

  /// The chance that a stranger has what so many records have. The pair at hand counts even where it is alone, so that
  /// agreement on one rare thing is never enough.
  func share(_ holders: Int, atLeast least: Int = 2) -> Double { Double(max(holders, least)) / size }

  /// The share of a word among others, with the two records at hand left out and one for luck.
  func wordShare(_ holders: Int) -> Double { (Double(max(0, holders - 2)) + 1) / (count + 100) }

  /// The chance that a stranger has a birthday: one day of fifty years, and more for a day that many have, such as a
  /// made-up first of January.
  func birthdayShare(_ holders: Int) -> Double { 1 / 18_000 + Double(max(0, holders - 2)) / (count + 100) }

  /// Two spellings that both are common are two words, not one with a typing error.
  func isCommon(_ word: Vocabulary.Word) -> Bool { Double(word.count) >= max(10, count / 5_000) }

  /// The probability that two records are of one person, from the sum of the weights of their fields.
  ///
  /// Before anything is compared, a person is expected to have 0.1 other records, and 0.5 people of the same household
  /// to be among the records.
  func probability(_ weight: FieldWeight) -> Double {
    let person = 0.1 * exp2(weight.person)
    return person / (person + 0.5 * exp2(weight.household) + size)
  }
}

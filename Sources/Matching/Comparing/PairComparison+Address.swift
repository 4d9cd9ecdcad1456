import Glibc

extension PairComparison {
  /// What the addresses say: the part of their words that both have, rare words counting more. People move, and people
  /// of a household live together. An address is taken to house at least four.
  func address() -> Finding {
    guard a.addressCount > 0, b.addressCount > 0 else { return .none }
    if a.addressKey == b.addressKey {
      let share = population.share(finder.addressKeys.count(of: a.addressKey), atLeast: 4)
      return Finding(weight: FieldWeight(person: 0.5, household: 0.6, strangers: share), reason: .sameAddress)
    }
    let all = store.words
    let (left, right) = (all.span.extracting(a.address), all.span.extracting(b.address))
    var words = WordAlignment(left, right, finder.placeRarity)
    words.matchLikeWords(left, right, store.places, finder.placeRarity)
    return finding(words, left, right)
  }

  private func finding(_ words: WordAlignment, _ left: Span<UInt32>, _ right: Span<UInt32>) -> Finding {
    let common = words.sameBits + words.likeBits
    // Both can be of common words only, which say nothing.
    let least = common + min(bits(words.restA, left), bits(words.restB, right))
    guard least > 0 else { return .none }
    let similarity = hundredths(common / least)
    let share = exp2(-common)
    // Neighbours: the same street and another number.
    let isNextDoor = hasNumber(words.restA, left) && hasNumber(words.restB, right)
    if similarity >= 0.75, !isNextDoor {
      let strangers = max(share, population.share(4))
      return Finding(
        weight: FieldWeight(person: 0.2, household: 0.25, strangers: strangers), reason: .similarAddress(similarity))
    }
    if similarity >= 0.4 {
      // Mostly a street, or a part of a town: one stranger in two hundred shares it, and more have a part in common.
      let strangers = min(1, max(10 * share, 0.005))
      return Finding(
        weight: FieldWeight(person: 0.05, household: 0.05, strangers: strangers), reason: .similarAddress(similarity))
    }
    return Finding(weight: FieldWeight(person: 0.25, household: 0.1, strangers: 1), reason: nil)
  }

  private func bits(_ places: WordAlignment.Places, _ words: Span<UInt32>) -> Double {
    var (rest, sum) = (places, 0.0)
    while rest > 0 {
      sum += finder.placeRarity[words[rest.trailingZeroBitCount]]
      rest &= rest - 1
    }
    return sum
  }

  private func hasNumber(_ places: WordAlignment.Places, _ words: Span<UInt32>) -> Bool {
    WordAlignment.words(places, of: words).contains { store.places[$0].hasDigit }
  }
}

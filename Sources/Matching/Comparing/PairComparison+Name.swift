import Glibc

extension PairComparison {
  /// What the names say. In a household most names share a word and differ in another.
  func name() -> Finding {
    guard a.nameCount > 0, b.nameCount > 0 else { return .none }
    if a.nameKey == b.nameKey {
      let share = population.share(finder.nameKeys.count(of: a.nameKey))
      return Finding(weight: FieldWeight(person: 0.75, household: 0.005, strangers: share), reason: .sameName)
    }
    let all = store.words
    let (left, right) = (all.span.extracting(a.name), all.span.extracting(b.name))
    var words = WordAlignment(left, right, finder.nameRarity)
    words.matchLikeWords(left, right, store.names, finder.nameRarity)
    words.matchJoinedWords(left, right, store.names, finder.nameRarity)
    return finding(words)
  }

  private func finding(_ words: WordAlignment) -> Finding {
    let matched = words.sameCount + words.likeCount
    guard matched > 0 else {
      return Finding(weight: FieldWeight(person: 0.005, household: 0.2, strangers: 1), reason: nil)
    }
    // The words of a name go together, so their product can be too small.
    let share = max(exp2(-words.sameBits - words.likeBits), population.share(2))
    if words.restA == 0, words.restB == 0 {
      let likeness = hundredths((Double(words.sameCount) + words.likeness) / Double(matched))
      return Finding(
        weight: FieldWeight(person: 0.1, household: 0.003, strangers: share), reason: .similarName(likeness))
    }
    if words.restA == 0 || words.restB == 0 {
      // One word alone can be the family name.
      let household = matched == 1 ? 0.05 : 0.01
      return Finding(weight: FieldWeight(person: 0.1, household: household, strangers: share), reason: .namePart)
    }
    return Finding(weight: FieldWeight(person: 0.03, household: 0.75, strangers: share), reason: .sharedNameWord)
  }
}

/// A share, rounded so that like reasons are the same reason.
func hundredths(_ share: Double) -> Double { (share * 100).rounded() / 100 }

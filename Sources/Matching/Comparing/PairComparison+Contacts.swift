extension PairComparison {
  /// The strongest agreement of two e-mail addresses. Other addresses are no evidence against: people have several.
  func email() -> Finding {
    var best = Finding.none
    for left in store.emails[a.emails] {
      for right in store.emails[b.emails] {
        let found = email(left, right)
        if found.weight.person > best.weight.person { best = found }
      }
    }
    return best
  }

  /// The strongest agreement of two phone numbers. Relatives buy numbers that follow each other.
  func phone() -> Finding {
    var best = Finding.none
    for left in store.phones[a.phones] {
      for right in store.phones[b.phones] {
        if left == right {
          let weight = FieldWeight(person: 0.3, household: 0.1, strangers: population.share(2))
          return Finding(weight: weight, reason: .samePhone)
        }
        if digitSlip(left, right) != nil {
          let weight = FieldWeight(person: 0.03, household: 0.02, strangers: max(1 / 100_000, population.share(2)))
          best = Finding(weight: weight, reason: .similarPhone)
        }
      }
    }
    return best
  }

  private func email(_ left: StoredEmail, _ right: StoredEmail) -> Finding {
    if left.nameKey == right.nameKey {
      let share = max(population.share(finder.emailNames.count(of: left.nameKey)), spelledShare(left, 0.01))
      return Finding(weight: FieldWeight(person: 0.3, household: 0.005, strangers: share), reason: .sameEmailName)
    }
    if left.domainKey == right.domainKey, isOneSlip(left, right) {
      let share = max(population.share(10), spelledShare(left, 0.01))
      return Finding(weight: FieldWeight(person: 0.05, household: 0.005, strangers: share), reason: .similarEmail)
    }
    if left.lettersKey == right.lettersKey {
      let holders = finder.emailLetters.count(of: left.lettersKey)
      let share = max(population.share(holders, atLeast: 10), spelledShare(left, 0.05))
      return Finding(weight: FieldWeight(person: 0.15, household: 0.01, strangers: share), reason: .sameEmailLetters)
    }
    return .none
  }

  /// Whether the names are one typing error apart, and long enough for that to mean something. A digit more or less
  /// does not count, for people who find their name taken add one.
  private func isOneSlip(_ left: StoredEmail, _ right: StoredEmail) -> Bool {
    guard min(left.nameLength, right.nameLength) >= 6, left.lettersKey != right.lettersKey else { return false }
    let letters = store.emailLetters.span
    return isOneEdit(letters.extracting(left.name), letters.extracting(right.name))
  }

  /// A name in an e-mail address is no news when the names agree already: then it is as common as `share`, otherwise 0.
  private func spelledShare(_ email: StoredEmail, _ share: Double) -> Double {
    let shared = store.words[a.name].filter { store.words[b.name].contains($0) }
    let letters = store.emailLetters[email.name]
    return shared.contains { store.names.isPart($0, of: letters) } ? share : 0
  }
}

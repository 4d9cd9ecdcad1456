/// Records with what is common among them, ready for pairs to be compared.
final class PreparedRecords: Sendable {
  let store: RecordStore
  let population: Population
  let nameRarity: Rarity
  let placeRarity: Rarity
  let nameKeys: SortedKeys
  let birthdays: SortedKeys
  let addressKeys: SortedKeys
  let emailNames: SortedKeys
  let emailLetters: SortedKeys

  /// O(n log n).
  init(_ store: RecordStore) {
    self.store = store
    population = Population(count: store.records.count)
    nameRarity = Rarity(of: store.names, in: population)
    placeRarity = Rarity(of: store.places, in: population, mostCommon: 0.1)
    nameKeys = SortedKeys(store.records.lazy.map(\.nameKey))
    birthdays = SortedKeys(store.records.lazy.map(\.birthday))
    addressKeys = SortedKeys(store.records.lazy.map(\.addressKey))
    emailNames = SortedKeys(store.emails.lazy.map(\.nameKey))
    emailLetters = SortedKeys(store.emails.lazy.map(\.lettersKey))
  }

  /// Compares two records. Nil when their score is lower.
  func candidate(_ first: Int, _ second: Int, minimumScore: Double) -> MatchCandidate? {
    let pair = PairComparison(self, first, second)
    let (birthday, email, phone) = (pair.birthday(), pair.email(), pair.phone())
    var weight = birthday.weight + email.weight + phone.weight
    if population.probability(weight + bestName(pair) + bestAddress(pair)) < minimumScore { return nil }
    let name = pair.name()
    weight = weight + name.weight
    if population.probability(weight + bestAddress(pair)) < minimumScore { return nil }
    let address = pair.address()
    let score = (population.probability(weight + address.weight) * 1_000_000).rounded() / 1_000_000
    guard score >= minimumScore else { return nil }
    return MatchCandidate(
      first: first, second: second, score: score, reasons: reasons([birthday, name, address, email, phone]))
  }

  /// No name can say more for one person.
  private func bestName(_ pair: PairComparison) -> FieldWeight {
    guard pair.a.nameCount > 0, pair.b.nameCount > 0 else { return .none }
    return FieldWeight(person: 0.75, household: 0.003, strangers: population.share(2))
  }

  /// No address can say more for one person.
  private func bestAddress(_ pair: PairComparison) -> FieldWeight {
    guard pair.a.addressCount > 0, pair.b.addressCount > 0 else { return .none }
    return FieldWeight(person: 0.5, household: 0.2, strangers: population.share(4))
  }

  private func reasons(_ findings: [Finding]) -> [MatchReason] {
    let agreements = findings.filter { $0.reason != nil }
    return agreements.enumerated()
      .sorted { (-$0.element.weight.person, $0.offset) < (-$1.element.weight.person, $1.offset) }
      .compactMap(\.element.reason)
  }
}

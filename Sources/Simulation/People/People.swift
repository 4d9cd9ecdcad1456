/// Invents people. The same seed invents the same ones.
struct PeopleFactory {
  private var random: RandomSource
  private var sharing: RandomSource
  private let sharedPhones: Share
  private let sharedDevices: Share
  private let customers: Int

  init(seed: UInt64, customers: Int, sharedPhones: Double, sharedDevices: Double) {
    random = RandomSource(seed: seed, stream: .people)
    sharing = RandomSource(seed: seed, stream: .sharing)
    (self.sharedPhones, self.sharedDevices) = (Share(sharedPhones), Share(sharedDevices))
    self.customers = customers
  }

  /// The person of the given index, with a name, an address and numbers, but without habits.
  mutating func person(_ index: Int, kind: Person.Kind) -> Person {
    var person = Person(
      kind: kind, phoneOwner: Int32(index), deviceOwner: Int32(index), phone: Self.phone(index),
      secret: random.next())
    person.isFemale = random.chance(520)
    person.family = UInt8(random.weighted(Names.familyWeights, total: 1000))
    person.middle = UInt8(random.below(14))
    person.given = UInt8(random.below(person.isFemale ? Names.femaleGivens.count : Names.maleGivens.count))
    person.mailDomain = UInt8(random.below(Names.mailDomains.count))
    person.mailNumber = Int32(index + 1)
    person.city = UInt8(random.weighted(Places.cityWeights, total: 100))
    person.store = UInt8(random.below(Places.stores.count))
    person.marketplace = UInt8(random.weighted([6, 2, 2], total: 10))
    person.birthDay = Int32(random.between(-3650...13_500))
    share(&person)
    return person
  }

  private mutating func share(_ person: inout Person) {
    let owner = Int32(sharing.below(customers))
    if sharedPhones.happens(&sharing) { person.phoneOwner = owner }
    if sharedDevices.happens(&sharing) { person.deviceOwner = owner }
  }

  /// A number in the blocks 050 and 051, which no operator has: distinct for each index below 20 million, since the
  /// factor has no divisor in common with that.
  private static func phone(_ index: Int) -> Int32 {
    Int32(500_000_000 + (index * 7_654_321 + 1_234_567) % 20_000_000)
  }
}

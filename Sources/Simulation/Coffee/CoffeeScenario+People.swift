extension CoffeeScenario {
  mutating func populate(seed: UInt64) {
    var factory = PeopleFactory(seed: seed, customers: Self.customers, sharedPhones: 0, sharedDevices: 0)
    for index in 0..<(Self.customers + Self.visitors) {
      let isVisitor = index >= Self.customers
      var person = factory.person(index, kind: isVisitor ? .visitor : .registered)
      person.traits = isVisitor ? [] : [.hasAccount, .reads]
      if (1..<Self.buyers).contains(index) { chooseVenue(&person, index) }
      composer.people.append(person)
    }
    becomeHeroine(&composer.people[Self.heroine])
  }

  /// Of ten buyers six use the web, one shows a card and one says the phone number in a branch, two use a marketplace.
  private func chooseVenue(_ person: inout Person, _ index: Int) {
    switch index % 10 {
    case 7: person.traits.formUnion([.visitsStore, .hasCard])
    case 8: person.traits.insert(.visitsStore)
    case 4, 9: person.traits.formUnion([.usesMarketplace, .givesPhoneToMarketplace])
    default: break
    }
  }

  private func becomeHeroine(_ person: inout Person) {
    person.isFemale = true
    (person.family, person.middle, person.given) = (0, 0, 0)
    (person.mailNumber, person.mailDomain) = (0, 0)
    person.phone = 901_234_567
    (person.city, person.store) = (0, 0)
  }

  /// New buyers of March come in March; all the others came from October to February, buyers first.
  mutating func registerEverybody() {
    for person in 0..<Self.customers {
      let time = registrationTime(person)
      let isWeb = composer.people[person].traits.isDisjoint(with: [.visitsStore, .usesMarketplace])
      let browser = Browser(owner: person, isLaptop: random.chance(400), cookieChanges: 0)
      composer.registered(
        person, [.customer, .email, .phone], isWeb ? browser : nil, from: isWeb ? .web : .crm, at: time,
        phoneForm: person == Self.heroine ? .spaced : nil)
      if composer.people[person].traits.contains(.hasCard) {
        composer.updated(person, [.customer, .card], from: .crm, at: time + 5 * .minute)
      }
    }
  }

  private mutating func registrationTime(_ person: Int) -> Milliseconds {
    switch person {
    case Self.heroine: CivilDate(year: 2025, month: 11, day: 8).at(9, 30)
    case 0..<Self.firstNewBuyer: moment(onDay: random.between(-150 ... -90))
    case Self.firstNewBuyer..<Self.buyers: moment(onDay: random.between(-20 ... -1))
    default: moment(onDay: random.between(-150...8))
    }
  }
}

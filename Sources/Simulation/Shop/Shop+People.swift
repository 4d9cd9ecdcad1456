extension Shop {
  /// Kinds of the people beside the visitors, with their shares in a thousand.
  private static let kinds: [Person.Kind] = [
    .registered, .guest, .storePhone, .storeCard, .marketplace, .subscriber, .social,
  ]
  private static let kindWeights = [520, 45, 45, 20, 45, 245, 80]

  mutating func populate(_ options: SimulationOptions) {
    var factory = PeopleFactory(
      seed: options.seed, customers: customers, sharedPhones: options.sharedPhones,
      sharedDevices: options.sharedDevices)
    let everybody = customers + customers / 4
    composer.people.reserveCapacity(everybody)
    for index in 0..<everybody {
      let kind = index < customers ? Self.kinds[random.weighted(Self.kindWeights, total: 1000)] : .visitor
      var person = factory.person(index, kind: kind)
      giveHabits(&person)
      composer.people.append(person)
      schedule(.arrive(Int32(index)), at: arrival())
    }
  }

  /// A third of the people come in the first days, as if they had known the shop before.
  private mutating func arrival() -> Milliseconds {
    let span = Int(end - start)
    let offset = random.chance(330) ? random.below(min(span, Int(10 * Milliseconds.day))) : random.below(span)
    return awake(start + Milliseconds(offset))
  }

  private mutating func giveHabits(_ person: inout Person) {
    switch person.kind {
    case .visitor, .social: break
    case .registered: giveRegisteredHabits(&person)
    case .guest: person.traits = random.chance(500) ? [.buys, .reads] : [.buys]
    case .storePhone:
      person.traits = random.chance(300) ? [.buys, .visitsStore, .takesTextMessages] : [.buys, .visitsStore]
    case .storeCard: person.traits = [.buys, .visitsStore, .hasCard]
    case .marketplace:
      person.traits = [.buys, .usesMarketplace]
      if random.chance(400) { person.traits.insert(.givesPhoneToMarketplace) }
    case .subscriber: person.traits = [.reads]
    }
    if person.traits.contains(.buys) { giveOrderHabits(&person) }
  }

  private mutating func giveRegisteredHabits(_ person: inout Person) {
    person.traits = random.chance(700) ? [.reads] : []
    if random.chance(300) { person.traits.insert(.takesTextMessages) }
    guard random.chance(180) else { return }
    person.traits.insert(.buys)
    if random.chance(250) { person.traits.insert(.visitsStore) }
    if random.chance(200) { person.traits.insert(.hasCard) }
    if random.chance(120) { person.traits.formUnion([.usesMarketplace, .givesPhoneToMarketplace]) }
  }

  /// Order rates are gamma distributed (shape 1) and people leave with a chance of their own that is beta
  /// distributed: the assumptions of the BG/NBD model. Fader, Hardie and Lee, "Counting Your Customers the Easy
  /// Way" (2005).
  private mutating func giveOrderHabits(_ person: inout Person) {
    let rate = Milliseconds(max(random.exponential(), 256))
    person.orderInterval = 180 * .day * 65536 / rate
    person.dropout = Int32(random.dropout())
  }
}

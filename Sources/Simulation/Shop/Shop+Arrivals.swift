extension Shop {
  /// The first contact of a person with the shop.
  mutating func arrive(_ person: Int, at time: Milliseconds) {
    switch composer.people[person].kind {
    case .visitor: browse(person, at: time)
    case .registered: register(person, at: time)
    case .guest: return meetGuest(person, at: time)
    case .storePhone, .storeCard, .marketplace: buy(person, at: time)
    case .subscriber: subscribe(person, at: time)
    case .social: write(person, at: time)
    }
    composer.people[person].traits.insert(.hasArrived)
  }

  /// A guest looks around first and says who they are with the first order.
  private mutating func meetGuest(_ person: Int, at time: Milliseconds) {
    schedule(.buy(Int32(person)), at: awake(time + random.wait(mean: .day)))
    browse(person, at: time)
  }

  private mutating func register(_ person: Int, at time: Milliseconds) {
    var visit = visit(person, at: time)
    look(&visit, views: random.between(1...3))
    composer.registered(person, [.customer, .email, .phone], visit.browser, from: .web, at: visit.time)
    composer.people[person].traits.insert(.hasAccount)
    if composer.people[person].traits.contains(.buys) {
      schedule(.buy(Int32(person)), at: awake(time + .hour + random.wait(mean: 5 * .day)))
    }
    tieOtherIdentifiers(person, at: visit.time + .minute)
    scheduleNextVisit(person, after: visit.time)
  }

  /// What the shop learns of a new account in the following days: the card, more traits, a social account.
  private mutating func tieOtherIdentifiers(_ person: Int, at time: Milliseconds) {
    if composer.people[person].traits.contains(.hasCard) {
      composer.updated(person, [.customer, .card], from: .crm, at: awake(time + random.wait(mean: .day)))
    }
    if random.chance(120) {
      composer.updated(person, .customer, from: .web, at: awake(time + random.wait(mean: 12 * .day)))
    }
    if random.chance(30) {
      composer.leadCaptured(
        person, [.email, .social], nil, from: .social, at: awake(time + random.wait(mean: 9 * .day)))
    }
  }

  private mutating func subscribe(_ person: Int, at time: Milliseconds) {
    var visit = visit(person, at: time)
    look(&visit, views: random.between(1...2))
    composer.leadCaptured(person, .email, visit.browser, from: .web, at: visit.time)
    if random.chance(500) {
      composer.consentChanged(
        person, .email, channel: "email", granted: true, from: .web, at: visit.time + 2 * .second)
    }
    scheduleNextVisit(person, after: visit.time)
  }

  /// Somebody writes on a social network; half of them leave a phone number.
  private mutating func write(_ person: Int, at time: Milliseconds) {
    let marks: Marks = random.chance(500) ? [.phone, .social] : .social
    composer.leadCaptured(person, marks, nil, from: .social, at: time)
    if random.chance(300) { openTicket(person, after: nil, at: time + .minute) }
  }
}

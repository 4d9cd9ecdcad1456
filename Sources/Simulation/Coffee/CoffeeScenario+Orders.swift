extension CoffeeScenario {
  /// Plans all orders but the heroine's.
  mutating func planOrders() {
    for person in 1..<Self.firstNewBuyer { planEarlierOrders(of: person) }
    for person in Self.firstNewBuyer..<Self.buyers { plan(person, onDay: random.between(0...24), .delivered) }
    for person in campaignBuyers { plan(person, onDay: random.between(12...22), .delivered, campaign: Self.campaign) }
    planRepeatOrdersOfMarch()
    plans.append(contentsOf: heroineOrders())
    numberPlans()
  }

  /// One to four orders before March; the first one of those who like Arabica contains some.
  private mutating func planEarlierOrders(of person: Int) {
    let likesArabica = person < Self.arabicaBuyers
    plan(person, onDay: random.between(-88 ... -40), .delivered, arabica: likesArabica)
    for _ in 1..<min(4, random.atLeastOne(mean: 2)) {
      plan(person, onDay: random.between(-39 ... -8), .delivered, arabica: likesArabica && random.chance(400))
    }
  }

  /// With 60 first orders, 5 of the campaign and the heroine's one, these 134 make 200. Their buyers have bought
  /// before, so a cancelled order leaves nobody without any.
  private mutating func planRepeatOrdersOfMarch() {
    let known = random.shuffled((1..<Self.firstNewBuyer).filter { !campaignBuyers.contains($0) })
    let online = known.filter { !composer.people[$0].traits.contains(.visitsStore) }
    let inStores = known.filter { composer.people[$0].traits.contains(.visitsStore) }
    for person in online[0..<10] { plan(person, onDay: random.between(28...29), .packed) }
    for person in online[10..<34] { plan(person, onDay: random.between(26...27), .shipped) }
    for person in online[34..<40] { plan(person, onDay: random.between(1...25), .cancelled) }
    for person in online[40..<110] { plan(person, onDay: random.between(0...24), .delivered) }
    for person in inStores[0..<24] { plan(person, onDay: random.between(0...30), .delivered) }
  }

  private mutating func plan(
    _ person: Int, onDay day: Int, _ ending: PlannedOrder.Ending, arabica: Bool = false, campaign: Campaign? = nil
  ) {
    let placed = moment(onDay: day)
    let wantsArabica = arabica || campaign != nil || (person < Self.arabicaBuyers && day >= 0)
    let venue: Order.Venue = campaign == nil ? self.venue(of: person) : .web
    var order = Order(number: 0, person: person, venue: venue, lines: lines(arabica: wantsArabica))
    order.campaign = campaign
    if random.chance(150) { order.discount = order.subtotal / 10 / 1000 * 1000 }
    if order.discount > 0 { order.coupon = Phrases.coupons[random.below(Phrases.coupons.count)] }
    if !venue.isStore { order.shipping = [0, 15_000, 22_000, 30_000][random.below(4)] }
    if venue.isWeb { order.paysOnDelivery = random.chance(400) }
    plans.append(PlannedOrder(order: order, placed: placed, ending: ending))
  }

  private func venue(of person: Int) -> Order.Venue {
    let person = composer.people[person]
    if person.traits.contains(.visitsStore) { return .store(Int(person.store)) }
    if person.traits.contains(.usesMarketplace) { return .marketplace(Int(person.marketplace)) }
    return .web
  }

  /// Arabica stands only where it is asked for.
  private mutating func lines(arabica: Bool) -> [OrderLine] {
    var lines: [OrderLine] = []
    if arabica {
      lines.append(OrderLine(product: random.below(Catalogue.arabicaCount), quantity: random.between(1...3)))
    }
    guard !arabica || random.chance(400) else { return lines }
    let others = Catalogue.products.count - Catalogue.arabicaCount
    let first = random.below(others)
    for position in 0..<min(3, random.atLeastOne(mean: 2)) {
      let product = Catalogue.arabicaCount + (first + position * 11) % others
      lines.append(OrderLine(product: product, quantity: random.chance(800) ? 1 : 2))
    }
    return lines
  }

  /// Numbers orders in the order of time; the sequence breaks ties, so that sorting need not be stable.
  private mutating func numberPlans() {
    let sequence = plans.indices.sorted { (plans[$0].placed, $0) < (plans[$1].placed, $1) }
    for (number, index) in sequence.enumerated() { plans[index].order.number = number + 1 }
    plans = sequence.map { plans[$0] }
  }
}

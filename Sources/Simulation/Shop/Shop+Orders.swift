extension Shop {
  /// A purchase in the way the person has, then the decision whether and when to come back.
  mutating func buy(_ person: Int, at time: Milliseconds) {
    guard !composer.people[person].traits.contains(.gone) else { return }
    let traits = composer.people[person].traits
    if traits.contains(.visitsStore), composer.people[person].kind != .registered || random.chance(400) {
      buyInStore(person, at: time)
    } else if traits.contains(.usesMarketplace), composer.people[person].kind != .registered || random.chance(500) {
      buyOnMarketplace(person, at: time)
    } else {
      buyOnline(person, at: time, campaign: nil)
    }
    if random.below(65536) < Int(composer.people[person].dropout) {
      composer.people[person].traits.insert(.gone)
    } else {
      let wait = random.wait(mean: min(composer.people[person].orderInterval, (1 << 40) - 1))
      schedule(.buy(Int32(person)), at: awake(time + .hour + wait))
    }
  }

  mutating func buyOnline(_ person: Int, at time: Milliseconds, campaign: Campaign?) {
    var visit = visit(person, at: time)
    visit.campaign = campaign
    look(&visit, views: random.between(1...3))
    var order = newOrder(person, .web, campaign: campaign)
    lastCart += 1
    order.cart = lastCart
    fillCart(&visit, cart: lastCart, lines: order.lines)
    composer.checkoutStarted(
      person, visit.marks, visit.browser, cart: lastCart, lines: order.lines, at: visit.time)
    visit.time += pause()
    let hasAccount = composer.people[person].traits.contains(.hasAccount)
    composer.orderPlaced(order, hasAccount ? .customer : [.email, .phone], visit.browser, at: visit.time)
    composer.people[person].traits.insert(.hasArrived)
    fulfil(order, placed: visit.time)
    if !hasAccount, random.chance(120) { openAccount(&visit) }
  }

  /// Some guests open an account after an order.
  private mutating func openAccount(_ visit: inout Visit) {
    visit.time += 3 * .minute
    composer.registered(
      visit.person, [.customer, .email, .phone], visit.browser, from: .web, at: visit.time)
    composer.people[visit.person].traits.insert(.hasAccount)
  }

  private mutating func buyInStore(_ person: Int, at time: Milliseconds) {
    let order = newOrder(person, .store(Int(composer.people[person].store)), campaign: nil)
    let showsCard = composer.people[person].traits.contains(.hasCard)
    composer.orderPlaced(order, showsCard ? .card : .phone, nil, at: time)
    fulfil(order, placed: time)
  }

  private mutating func buyOnMarketplace(_ person: Int, at time: Milliseconds) {
    let order = newOrder(person, .marketplace(Int(composer.people[person].marketplace)), campaign: nil)
    let givesPhone = composer.people[person].traits.contains(.givesPhoneToMarketplace)
    composer.orderPlaced(order, givesPhone ? [.phone, .marketplace] : .marketplace, nil, at: time)
    fulfil(order, placed: time)
  }

  private mutating func newOrder(_ person: Int, _ venue: Order.Venue, campaign: Campaign?) -> Order {
    lastOrder += 1
    var order = Order(number: lastOrder, person: person, venue: venue, lines: someLines(), campaign: campaign)
    if random.chance(150) {
      order.discount = order.subtotal * random.between(5...20) / 100 / 1000 * 1000
      order.coupon = Phrases.coupons[random.below(Phrases.coupons.count)]
    }
    if venue.isStore { return order }
    order.shipping = [0, 15_000, 22_000, 30_000][random.below(4)]
    if venue.isWeb { order.paysOnDelivery = random.chance(450) }
    return order
  }
}

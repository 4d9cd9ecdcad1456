extension CoffeeScenario {
  mutating func placeOrders() {
    for plan in plans {
      shopBefore(plan)
      let person = plan.order.person
      let browser = Browser(owner: person, isLaptop: random.chance(400), cookieChanges: 0)
      composer.orderPlaced(
        plan.order, marks(of: plan.order), plan.order.venue.isWeb ? browser : nil, at: plan.placed,
        phoneForm: person == Self.heroine ? .spaced : nil)
      fulfil(plan)
    }
  }

  private func marks(of order: Order) -> Marks {
    switch order.venue {
    case .web: .customer
    case .marketplace: [.phone, .marketplace]
    case .store: composer.people[order.person].traits.contains(.hasCard) ? .card : .phone
    }
  }

  /// A web order comes out of a visit.
  private mutating func shopBefore(_ plan: PlannedOrder) {
    guard plan.order.venue.isWeb else { return }
    let person = plan.order.person
    let browser = Browser(owner: person, isLaptop: random.chance(400), cookieChanges: 0)
    composer.pageViewed(person, .customer, browser, at: plan.placed - 9 * .minute, campaign: plan.order.campaign)
    for (position, line) in plan.order.lines.enumerated() {
      let time = plan.placed - Milliseconds(8 - position * 2) * .minute
      composer.productViewed(person, .customer, browser, product: line.product, at: time)
      composer.cartChanged(
        "cart.item_added", person, .customer, browser, cart: plan.order.number, line: line, at: time + .minute)
    }
    composer.checkoutStarted(
      person, .customer, browser, cart: plan.order.number, lines: plan.order.lines, at: plan.placed - .minute)
  }

  private mutating func fulfil(_ plan: PlannedOrder) {
    var time = plan.placed
    for step in steps(of: plan) {
      time += delay(before: step, of: plan.order)
      composer.orderStep(step, of: plan.order, at: time)
    }
  }

  private func steps(of plan: PlannedOrder) -> ArraySlice<Order.Step> {
    let steps = plan.order.usualSteps
    switch plan.ending {
    case .delivered: return steps[...]
    case .cancelled: return [.cancelled]
    case .packed: return steps.prefix { $0 != .shipped }
    case .shipped: return steps.prefix { $0 != .shipped } + [.shipped]
    }
  }

  /// From placing to packing at most 24 hours, to shipping 30, to delivery 5 days: the plan's days allow for that.
  private mutating func delay(before step: Order.Step, of order: Order) -> Milliseconds {
    if order.venue.isStore { return Milliseconds(random.between(5...60)) * .second }
    switch step {
    case .paid where order.paysOnDelivery: return Milliseconds(random.between(20...80)) * .hour
    case .paid: return Milliseconds(random.between(30...600)) * .second
    case .confirmed: return Milliseconds(random.between(1...6)) * .hour
    case .packed: return Milliseconds(random.between(3...17)) * .hour
    case .shipped: return Milliseconds(random.between(1...6)) * .hour
    case .delivered where order.paysOnDelivery: return .minute
    case .delivered: return Milliseconds(random.between(20...80)) * .hour
    default: return Milliseconds(random.between(1...12)) * .hour
    }
  }
}

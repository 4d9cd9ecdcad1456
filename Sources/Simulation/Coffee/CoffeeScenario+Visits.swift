extension CoffeeScenario {
  /// Customers look around in February and March, logged in or not; visitors only look.
  mutating func visitWebShop() {
    for person in 1..<(Self.customers + Self.visitors) {
      let isVisitor = person >= Self.customers
      for _ in 0..<(isVisitor ? random.between(1...3) : random.below(4)) {
        let marks: Marks = !isVisitor && random.chance(400) ? .customer : []
        let browser = Browser(owner: person, isLaptop: random.chance(400), cookieChanges: 0)
        let earliest = isVisitor || person < Self.firstNewBuyer ? -28 : 9
        visit(person, marks, browser, at: moment(onDay: random.between(earliest...29)))
      }
    }
  }

  private mutating func visit(_ person: Int, _ marks: Marks, _ browser: Browser, at start: Milliseconds) {
    var time = start
    for view in 0..<min(6, random.atLeastOne(mean: 3)) {
      if view == 0 || random.chance(500) {
        composer.pageViewed(person, marks, browser, at: time)
      } else {
        let product = random.below(Catalogue.products.count)
        composer.productViewed(person, marks, browser, product: product, at: time)
      }
      time += Milliseconds(random.between(5...120)) * .second
    }
  }
}

extension CoffeeScenario {
  func heroineOrders() -> [PlannedOrder] {
    [
      heroineOrder(.web, bags: 3, placed: CivilDate(year: 2026, month: 1, day: 17).at(10, 15)),
      heroineOrder(.store(0), bags: 2, placed: CivilDate(year: 2026, month: 2, day: 14).at(16, 40)),
      heroineOrder(.web, bags: 5, placed: CivilDate(year: 2026, month: 3, day: 5).at(20, 10)),
    ]
  }

  private func heroineOrder(_ venue: Order.Venue, bags: Int, placed: Milliseconds) -> PlannedOrder {
    let line = OrderLine(product: Catalogue.arabica500, quantity: bags)
    return PlannedOrder(
      order: Order(number: 0, person: Self.heroine, venue: venue, lines: [line]), placed: placed,
      ending: .delivered)
  }

  /// She looks around unknown and later logs in, on both devices.
  mutating func playHeroine() {
    for isLaptop in [false, true] {
      let browser = Browser(owner: Self.heroine, isLaptop: isLaptop, cookieChanges: 0)
      visit(Self.heroine, [], browser, at: CivilDate(year: 2026, month: 1, day: 15).at(isLaptop ? 21 : 12, 30))
      visit(Self.heroine, .customer, browser, at: CivilDate(year: 2026, month: 3, day: 4).at(isLaptop ? 21 : 8, 5))
    }
  }
}

/// One visit to the web shop.
struct Visit {
  var person: Int
  var marks: Marks
  var browser: Browser
  var time: Milliseconds
  var campaign: Campaign?
}

extension Shop {
  mutating func browse(_ person: Int, at time: Milliseconds) {
    guard !composer.people[person].traits.contains(.gone) else { return }
    var visit = visit(person, at: time)
    look(&visit, views: random.atLeastOne(mean: 4))
    if random.chance(90) { abandonCart(&visit) }
    if random.chance(15) { openTicket(person, after: nil, at: visit.time + .hour) }
    scheduleNextVisit(person, after: time)
  }

  mutating func scheduleNextVisit(_ person: Int, after time: Milliseconds) {
    let mean: Milliseconds
    switch composer.people[person].kind {
    case .registered: mean = composer.people[person].traits.contains(.buys) ? 75 * .day : 220 * .day
    case .guest: mean = 160 * .day
    case .subscriber: mean = 260 * .day
    default:
      guard random.chance(300) else { return }
      mean = 10 * .day
    }
    schedule(.browse(Int32(person)), at: awake(time + .hour + random.wait(mean: mean)))
  }

  mutating func visit(_ person: Int, at time: Milliseconds) -> Visit {
    let isKnown = composer.people[person].traits.contains(.hasAccount) && random.chance(450)
    return Visit(person: person, marks: isKnown ? .customer : [], browser: browser(of: person), time: time)
  }

  /// The phone or the laptop; now and then its cookies have been cleared, and some people borrow one.
  private mutating func browser(of person: Int) -> Browser {
    let isLaptop = random.chance(380)
    if random.chance(30) { clearCookies(of: person, onLaptop: isLaptop) }
    let borrows = random.chance(333)
    let owner = borrows ? Int(composer.people[person].deviceOwner) : person
    let changes = composer.people[owner].cookieChanges
    return Browser(owner: owner, isLaptop: isLaptop, cookieChanges: isLaptop ? changes.1 : changes.0)
  }

  private mutating func clearCookies(of person: Int, onLaptop: Bool) {
    if onLaptop {
      composer.people[person].cookieChanges.1 &+= 1
    } else {
      composer.people[person].cookieChanges.0 &+= 1
    }
  }

  mutating func look(_ visit: inout Visit, views: Int) {
    for view in 0..<views {
      let choice = random.below(100)
      if view == 0 || choice < 52 {
        composer.pageViewed(
          visit.person, visit.marks, visit.browser, at: visit.time, campaign: view == 0 ? visit.campaign : nil)
      } else if choice < 96 {
        let product = random.below(Catalogue.products.count)
        composer.productViewed(visit.person, visit.marks, visit.browser, product: product, at: visit.time)
      } else {
        composer.productsSearched(visit.person, visit.marks, visit.browser, at: visit.time)
      }
      visit.time += pause()
    }
  }

  /// Time between two things that somebody does on the web.
  mutating func pause() -> Milliseconds {
    Milliseconds(random.between(4000...90_000))
  }

  private mutating func abandonCart(_ visit: inout Visit) {
    lastCart += 1
    let lines = someLines()
    fillCart(&visit, cart: lastCart, lines: lines)
    if random.chance(200) {
      composer.cartChanged(
        "cart.item_removed", visit.person, visit.marks, visit.browser, cart: lastCart, line: lines[0],
        at: visit.time)
    } else if random.chance(350) {
      composer.checkoutStarted(
        visit.person, visit.marks, visit.browser, cart: lastCart, lines: lines, at: visit.time)
    }
  }

  mutating func fillCart(_ visit: inout Visit, cart: Int, lines: [OrderLine]) {
    for line in lines {
      composer.cartChanged(
        "cart.item_added", visit.person, visit.marks, visit.browser, cart: cart, line: line, at: visit.time)
      visit.time += pause()
    }
  }

  /// One to four different products.
  mutating func someLines() -> [OrderLine] {
    let count = min(4, random.atLeastOne(mean: 2))
    let first = random.below(Catalogue.products.count)
    return (0..<count).map { position in
      let product = (first + position * 17) % Catalogue.products.count
      return OrderLine(product: product, quantity: random.chance(750) ? 1 : random.between(2...4))
    }
  }
}

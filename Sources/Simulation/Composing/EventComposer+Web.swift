/// The campaign that an event names.
enum Campaign {
  /// The general shop's weekly newsletter.
  case weekly(Int)
  case named(StaticString)
}

extension EventWriter {
  mutating func campaign(_ name: StaticString, _ campaign: Campaign) {
    beginText(name)
    value(of: campaign)
    endText()
  }

  mutating func value(of campaign: Campaign) {
    switch campaign {
    case .named(let name): raw(name)
    case .weekly(let week):
      raw("tuan-")
      padded(week, width: 3)
    }
  }
}

extension EventComposer {
  mutating func pageViewed(
    _ person: Int, _ marks: Marks, _ browser: Browser, at time: Milliseconds, campaign: Campaign? = nil
  ) {
    begin("page.viewed", at: time, from: .web, of: person, marks: marks, browser: browser)
    let page = Phrases.pages[wording.below(Phrases.pages.count)]
    writer.beginText("url")
    writer.raw(Phrases.site)
    writer.raw(page.path)
    writer.endText()
    writer.text("title", page.title)
    if wording.chance(250) {
      writer.text("referrer", Phrases.referrers[wording.below(Phrases.referrers.count)])
    }
    if let campaign { writer.campaign("campaign", campaign) }
    finish(person)
  }

  mutating func productViewed(
    _ person: Int, _ marks: Marks, _ browser: Browser, product: Int, at time: Milliseconds
  ) {
    begin("product.viewed", at: time, from: .web, of: person, marks: marks, browser: browser)
    describe(product)
    writer.text("currency", "VND")
    finish(person)
  }

  mutating func productsSearched(_ person: Int, _ marks: Marks, _ browser: Browser, at time: Milliseconds) {
    begin("products.searched", at: time, from: .web, of: person, marks: marks, browser: browser)
    writer.text("query", Phrases.searches[wording.below(Phrases.searches.count)])
    writer.number("results", wording.below(25))
    finish(person)
  }

  mutating func cartChanged(
    _ type: StaticString, _ person: Int, _ marks: Marks, _ browser: Browser, cart: Int, line: OrderLine,
    at time: Milliseconds
  ) {
    begin(type, at: time, from: .web, of: person, marks: marks, browser: browser)
    cartId(cart)
    describe(line.product)
    writer.number("quantity", line.quantity)
    writer.text("currency", "VND")
    finish(person)
  }

  mutating func checkoutStarted(
    _ person: Int, _ marks: Marks, _ browser: Browser, cart: Int, lines: [OrderLine], at time: Milliseconds
  ) {
    begin("checkout.started", at: time, from: .web, of: person, marks: marks, browser: browser)
    cartId(cart)
    writer.number("total", lines.reduce(0) { $0 + $1.amount })
    writer.text("currency", "VND")
    items(lines)
    finish(person)
  }

  mutating func cartId(_ cart: Int) {
    writer.beginText("cart_id")
    writer.raw("cart-")
    writer.decimal(cart)
    writer.endText()
  }

  mutating func describe(_ product: Int) {
    let product = Catalogue.products[product]
    writer.text("sku", product.sku)
    writer.text("name", product.name)
    writer.text("category", product.category)
    writer.number("price", product.price)
  }

  mutating func items(_ lines: [OrderLine]) {
    writer.beginArray("items")
    for line in lines {
      writer.element()
      writer.beginObject()
      describe(line)
      writer.endObject()
    }
    writer.endArray()
  }

  mutating func describe(_ line: OrderLine) {
    let product = Catalogue.products[line.product]
    writer.text("sku", product.sku)
    writer.number("quantity", line.quantity)
    writer.number("price", product.price)
    writer.text("name", product.name)
    writer.text("category", product.category)
  }
}

import Events
import GeneratedEvents
import ReadModels
import Testing

@Suite("What a person bought")
struct PurchaseTests {
  @Test("is counted by article and by category: units, orders and the last of them")
  func figures() throws {
    let first = try order(1, at: 100, [item("A", 2, "Coffee"), item("B", 1.5, "Coffee"), item("C", 1, "Tea")])
    let second = try order(2, at: 50, [item("A", 1, "Coffee"), item("D", 4, nil)])
    let person = Person(orders: [first, second])
    let coffee = try #require(person.categories["Coffee"])
    #expect("\(coffee.units)" == "4.5" && coffee.orders == 2 && coffee.last == first.placedAt)
    let tea = try #require(person.categories["Tea"])
    #expect("\(tea.units)" == "1" && tea.orders == 1 && tea.last == first.placedAt)
    #expect(person.categories.count == 2)
    let arabica = try #require(person.products["A"])
    #expect("\(arabica.units)" == "3" && arabica.orders == 2 && arabica.last == first.placedAt)
    #expect(person.products.keys.sorted() == ["A", "B", "C", "D"])
  }

  @Test("leaves out orders that do not count, and counts each once whose articles are of one category")
  func counting() throws {
    let two = [item("A", 1, "Coffee"), item("B", 1, "Tea"), item("C", 1, "Coffee")]
    let cancelled = try order(1, at: 1, two, event("order.cancelled", at: 2, #"{"order_id":1}"#))
    let returned = try order(2, at: 1, two, event("order.returned", at: 2, #"{"order_id":2}"#))
    #expect(Person(orders: [cancelled, returned]).categories.isEmpty)
    #expect(Person(orders: [cancelled, returned]).products.isEmpty)
    #expect(Person(orders: [cancelled, try order(3, at: 1, two)]).categories["Coffee"]?.orders == 1)
  }

  @Test("is ranked by units, then orders, then name")
  func favourites() throws {
    let orders = [
      try order(1, at: 1, [item("A", 3, "Tea"), item("B", 2, "Cups"), item("C", 5, "Coffee")]),
      try order(2, at: 2, [item("B", 1, "Cups"), item("D", 3, "Mills"), item("E", 3, "Filters")]),
    ]
    let favourites = Person(orders: orders).favouriteCategories
    #expect(favourites.map(\.name) == ["Coffee", "Cups", "Filters", "Mills", "Tea"])
  }

  @Test("is of one category whichever way its name is spelt")
  func spellings() throws {
    let items = [item("A", 1, "C\u{00E0} ph\u{00EA}"), item("B", 1, "Ca\u{0300} phe\u{0302}")]
    let person = Person(orders: [try order(1, at: 1, items)])
    #expect(person.favouriteCategories.map { Array($0.name.utf8) } == [Array("C\u{00E0} ph\u{00EA}".utf8)])
  }

  @Test("is the same whatever the order of the orders", arguments: 0..<20)
  func order(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let orders = try (0..<12).map { number in
      let items = (0..<random.number(0..<5)).map { _ in
        item(random.pick(["A", "B"]), Double(random.number(-1..<4)), random.pick(["Coffee", "Tea", nil]))
      }
      return try order(number, at: Double(random.number(0..<5)), items)
    }
    let person = Person(orders: orders)
    for _ in 0..<5 { #expect(Person(orders: orders.shuffled(using: &random)).encoded() == person.encoded()) }
    #expect(try person.encoded().withUnsafeBytes { try Person(decoding: $0) } == person)
  }

  private func item(_ sku: String, _ quantity: Double, _ category: String?) -> String {
    let category = category.map { #","category":"\#($0)""# } ?? ""
    return #"{"sku":"\#(sku)","quantity":\#(quantity),"price":10\#(category)}"#
  }

  private func order(
    _ id: Int, at seconds: Double, _ items: [String], _ later: GeneratedEvent...
  ) throws -> OrderState {
    let items = items.joined(separator: ",")
    let data = #"{"order_id":\#(id),"currency":"VND","total":100,"items":[\#(items)]}"#
    return try folded([event("order.placed", at: seconds, data)] + later, id: "\(id)")
  }
}

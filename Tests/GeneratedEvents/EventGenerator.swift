/// Makes random events over small pools of values, so that times tie, identifiers are shared, refunds repeat their ids
/// and entities are spoken of by several people and by nobody.
package struct EventGenerator {
  /// How many people, roughly, send events. Some of their identifiers are shared.
  package var people = 20
  /// How many orders, tickets, messages and credits there are.
  package var entities = 30
  /// One in so many events is a decision about who is who; 0 for none.
  package var decisionShare = 40
  /// One in so many events carries no identifier if it speaks of an entity.
  package var anonymousShare = 4

  package var random: SeededGenerator
  private var made = 0

  package init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// Half of the types are browsing and customer events, the rest speak of entities.
  package static let types = [
    "page.viewed", "product.viewed", "products.searched", "cart.item_added", "checkout.started", "lead.captured",
    "customer.registered", "customer.updated", "customer.updated", "consent.changed", "order.placed", "order.placed",
    "order.placed", "order.confirmed", "order.packed", "order.delivered", "order.paid", "order.shipped",
    "order.cancelled", "order.returned", "order.refunded", "order.refunded", "credit.issued", "credit.issued",
    "order.incident_reported", "email.sent", "email.sent", "email.delivered", "email.opened", "email.opened",
    "email.clicked", "email.bounced", "email.complained", "email.unsubscribed", "message.sent", "message.opened",
    "message.clicked", "message.failed", "ticket.opened", "ticket.assigned", "ticket.replied", "ticket.resolved",
    "ticket.reopened", "ticket.rated", "survey.answered", "company.linked", "custom.quiz_finished",
    "custom.quiz_finished", "custom.cup.returned", "custom.cup.returned.late",
  ]

  /// The next event. No two have the same source and id; many have the same time, and many the same id.
  package mutating func event(_ type: String? = nil) -> GeneratedEvent {
    if type == nil, decisionShare > 0, random.oneIn(decisionShare) { return decision() }
    let type = type ?? random.pick(Self.types)
    let sources = ["web", "pos-1", "esp"]
    defer { made += 1 }
    return GeneratedEvent(
      time: time(), source: sources[made % 3], id: "e\(made / 3)", type: type,
      channel: random.pick(["web", "pos", "email", "chat"]), store: random.oneIn(3) ? random.pick(Self.stores) : nil,
      ids: ids(for: type), data: data(of: type))
  }

  /// A decision about two identifiers, often about such as nobody has.
  package mutating func decision() -> GeneratedEvent {
    let type = random.pick(["identity.linked", "identity.unlinked", "identity.withdrawn"])
    let (a, b) = (random.pick(ids(for: "")), random.pick(ids(for: "")))
    defer { made += 1 }
    let data =
      "{\"a\":{\(quoted(a.type)):\(quoted(a.value))},\"b\":{\(quoted(b.type)):\(quoted(b.value))},\"by\":\"lan\"}"
    return GeneratedEvent(
      time: time(), source: "crm", id: "d\(made)", type: type, ids: random.oneIn(3) ? [a] : [], data: data,
      decision: (a, b))
  }

  package mutating func events(_ count: Int) -> [GeneratedEvent] { (0..<count).map { _ in event() } }

  /// The last two are the same text in two spellings: composed and decomposed.
  private static let stores = ["HCM-01", "HN-02", "\u{0110}\u{00E0} N\u{1EB5}ng", "\u{0110}a\u{0300} N\u{1EB5}ng"]

  /// A few days of which many instants are taken several times.
  mutating func time() -> Int64 {
    let day = Int64(random.number(0..<4)) * 86_400_000_000
    let slot = Int64(random.number(0..<40)) * 600_000_000
    let exact = random.oneIn(3) ? Int64(random.number(0..<1_900_000_000)) : 0
    return 1_767_225_600_000_000 + day + slot + exact
  }

  private mutating func ids(for type: String) -> [(type: String, value: String)] {
    if Self.entityField(of: type) != nil, random.oneIn(anonymousShare) { return [] }
    let person = random.number(0..<people)
    // Some values belong to more than one person, so that people who were apart become one.
    let family = random.oneIn(8) ? person / 2 : person + people
    var ids: [(type: String, value: String)] = []
    if random.oneIn(4) { ids.append(("customer_id", "C\(person)")) }
    if random.oneIn(3) { ids.append(("email", "p\(person)@example.com")) }
    if random.oneIn(3) { ids.append(("phone", "+8490100\(1000 + family)")) }
    if random.oneIn(6) { ids.append(("loyalty_id", "L\(person)")) }
    if ids.isEmpty || random.oneIn(2) { ids.append(("anonymous_id", "device-\(person)-\(random.number(0..<3))")) }
    return ids
  }
}

extension EventGenerator {
  /// The field of `data` that names the entity an event speaks of.
  package static func entityField(of type: String) -> String? {
    switch type.prefix(while: { $0 != "." }) {
    case "order": "order_id"
    case "credit": "credit_id"
    case "email", "message": "message_id"
    case "ticket": "ticket_id"
    default: nil
    }
  }

  mutating func data(of type: String) -> String {
    var members: [String] = []
    if let field = Self.entityField(of: type) { members.append("\(quoted(field)):\(entityID())") }
    switch type {
    case "order.placed": members += placed()
    case "order.paid", "order.refunded", "credit.issued": members += money(type)
    case "order.returned": if random.oneIn(2) { members.append("\"items\":\(items())") }
    case "customer.registered", "customer.updated": members += customer()
    case "consent.changed": members += ["\"channel\":\(channel())", "\"granted\":\(random.oneIn(2))"]
    default: members += words(type)
    }
    return "{\(members.joined(separator: ","))}"
  }

  /// An id as a number or as a string: both name the same entity.
  private mutating func entityID() -> String {
    let number = random.number(0..<entities)
    return random.oneIn(2) ? "\(number)" : "\"\(number)\""
  }

  private mutating func placed() -> [String] {
    var members = ["\"currency\":\(currency())", "\"total\":\(amount())", "\"items\":\(items())"]
    if random.oneIn(2) { members.append("\"shipping\":\(amount())") }
    if random.oneIn(3) { members.append("\"coupon\":\"TET\(random.number(0..<3))\"") }
    // Often later than the event itself, and now and then no time at all.
    if random.oneIn(3) { members.append("\"placed_at\":\(quoted(random.oneIn(6) ? "Monday" : rfc3339(time())))") }
    return members
  }

  private mutating func money(_ type: String) -> [String] {
    var members = ["\"currency\":\(currency())", "\"amount\":\(amount())"]
    if type == "order.paid", random.oneIn(2) {
      members.append("\"payment_id\":" + random.pick(["1", "\"1\"", "2", "\"M\u{E3}-3\"", "\"Ma\u{303}-3\""]))
    }
    if type == "order.refunded", random.oneIn(2) { members.append("\"refund_id\":\(random.number(0..<4))") }
    if type == "credit.issued", random.oneIn(2) { members.append("\"order_id\":\(entityID())") }
    return members
  }

  private mutating func currency() -> String { random.oneIn(8) ? "\"USD\"" : "\"VND\"" }

  private mutating func amount() -> String {
    let number = random.number(0..<6) * 50_000
    return random.oneIn(2) ? "\(number)" : "\"\(number)\""
  }

  private mutating func items() -> String {
    let items = (0..<random.number(0..<3)).map { _ in
      let name = random.oneIn(2) ? ",\"name\":\"Coffee \(random.number(0..<3))\"" : ""
      // The last two are one article number in two spellings.
      let sku = random.pick(["ARABICA", "ROBUSTA", "C\u{00E0} ph\u{00EA}", "Ca\u{0300} phe\u{0302}"])
      return "{\"sku\":\(quoted(sku)),\"quantity\":\(random.number(1..<4)),\"price\":50000\(name)}"
    }
    return "[\(items.joined(separator: ","))]"
  }

  private mutating func channel() -> String { random.pick(["\"email\"", "\"sms\"", "\"phone\""]) }

  private mutating func customer() -> [String] {
    var members: [String] = []
    for field in ["name", "birthday", "gender"] where random.oneIn(2) {
      members.append("\"\(field)\":\(random.oneIn(4) ? "null" : "\"\(field) \(random.number(0..<3))\"")")
    }
    if random.oneIn(3) {
      members.append("\"address\":" + (random.oneIn(4) ? "null" : "{\"city\":\"Hu\u{1EBF}\",\"ward\":null}"))
    }
    if random.oneIn(3) {
      let name = random.pick(["milk", "s\u{1EEF}a", "s\u{01B0}\u{0303}a"])
      members.append("\"traits\":{\(quoted(name)):\(random.number(0..<3)),\"vip\":\(random.oneIn(2))}")
    }
    if random.oneIn(3) { members.append("\"consent\":{\(channel()):\(random.pick(["true", "false", "null"]))}") }
    return members
  }

  private mutating func words(_ type: String) -> [String] {
    var members: [String] = []
    if type.hasPrefix("email."), random.oneIn(3) { members.append("\"machine\":\(random.oneIn(2))") }
    if type == "ticket.replied" { members.append("\"by\":\(random.pick(["\"agent\"", "\"customer\""]))") }
    for field in ["campaign", "subject", "agent", "score", "kind", "carrier", "reason", "priority"]
    where random.oneIn(4) {
      members.append("\"\(field)\":\"\(field) \(random.number(0..<3))\"")
    }
    return members
  }
}

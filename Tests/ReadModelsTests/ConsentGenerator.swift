import GeneratedEvents

/// Makes random words on consent: by events of every type that speaks of it, on several channels and addresses, with
/// times that tie and answers that are null or nonsense.
struct ConsentGenerator {
  var random: SeededGenerator
  private var made = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// The first three are refusals by message, so that there are some.
  mutating func events(_ count: Int) -> [GeneratedEvent] {
    let types = [
      "customer.registered", "customer.updated", "consent.changed", "consent.changed", "email.unsubscribed",
      "email.complained",
    ]
    return (0..<count).map { event($0 < 3 ? "email.unsubscribed" : random.pick(types)) }
  }

  private mutating func event(_ type: String) -> GeneratedEvent {
    defer { made += 1 }
    return ReadModelsTests.event(
      type, at: Double(random.number(0..<200)), data(of: type), source: ["web", "crm", "esp"][made % 3],
      id: "e\(made / 3)", ids: ids())
  }

  private mutating func ids() -> [(type: String, value: String)] {
    var ids: [(type: String, value: String)] = [("customer_id", "C1")]
    if random.oneIn(2) { ids.append(("email", random.pick(["an@example.com", "an.nguyen@example.com"]))) }
    if random.oneIn(3) { ids.append(("phone", "+84901000001")) }
    return ids
  }

  private mutating func data(of type: String) -> String {
    let channels = ["email", "sms", "phone", "fax", "s\u{1EEF}a", "s\u{01B0}\u{0303}a"]
    switch type {
    case "consent.changed":
      let words = random.oneIn(3) ? #","purpose":"news","method":"form \#(random.number(0..<3))""# : ""
      return #"{"channel":"\#(random.pick(channels))","granted":\#(random.oneIn(2))\#(words)}"#
    case "customer.registered", "customer.updated":
      if random.oneIn(20) { return #"{"consent":null}"# }
      let answers = channels.shuffled(using: &random).prefix(random.number(0..<4)).map { channel in
        #""\#(channel)":\#(random.pick(["true", "false", "null", "\"yes\""]))"#
      }
      return "{\"consent\":{\(answers.joined(separator: ","))}}"
    default: return #"{"message_id":1}"#
    }
  }
}

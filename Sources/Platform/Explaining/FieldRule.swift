import Events
import Identity
import JSON
import ReadModels

/// How events make a field of a profile: which ones have a say, and which of these count.
struct FieldRule {
  enum Selection {
    /// All that have a say.
    case all
    /// The one that happened first, or last.
    case first, last
    /// The first one that says the same.
    case firstOfEach
    /// The last one; the others are shown as overwritten.
    case latestWins
    /// Those that begin a visit.
    case visits
  }

  /// What can be asked for; `X` stands for a name.
  static let names = [
    "stage", "ids", "ids.X", "traits", "traits.X", "consent", "consent.X", "orders", "orders.X", "visits", "email",
    "email.X", "tickets", "tickets.X", "channels", "channels.X", "stores", "stores.X", "products", "products.X",
    "categories", "categories.X", "custom", "custom.X", "first_seen", "last_seen",
  ]

  let text: String
  let selection: Selection
  /// Whether events that only carry an identifier have a say, and not only those anchored on one.
  var asksCarriers: Bool { selection == .first || selection == .last || selection == .firstOfEach }
  /// What an event says of the field; nothing for one that has no say.
  let statements: (FoldedEvent) -> [String]

  /// The rule of a field by its path in the profile's JSON; nil for a field that there is not.
  init?(_ field: String, _ subject: FieldSubject) {
    let dot = field.firstIndex(of: ".")
    let group = dot.map { String(field[..<$0]) } ?? field
    let name = dot.map { String(field[field.index(after: $0)...]) }
    guard name != "" else { return nil }
    switch (group, name) {
    case ("traits", _): self.init(trait: name)
    case ("consent", _), ("consents", _): self.init(consent: name)
    case ("orders", _): self.init(orders: name, subject)
    case ("email", _): self.init(email: name, subject)
    case ("tickets", _): self.init(tickets: name, subject)
    case ("products", _): self.init(items: name, of: "sku", subject)
    case ("categories", _): self.init(items: name, of: "category", subject)
    case ("ids", _), ("identifiers", _): self.init(identifiers: name, subject)
    case ("custom", _): self.init(custom: name.map { _ in field }, subject)
    case ("channels", _): self.init(counting: name, subject) { $0.channelName }
    case ("stores", _): self.init(counting: name, subject) { $0.storeName }
    case ("visits", nil), ("visits", "count"), ("visits", "last"):
      self.init("browsing with a pause of more than half an hour before it begins a visit", .visits) {
        $0.type.isBrowsing ? "a visit begins" : nil
      }
    case ("first_seen", nil):
      self.init("the time of the first event", .first) { event in subject.carried(by: event).first?.description }
    case ("last_seen", nil):
      self.init("the time of the last event", .last) { event in subject.carried(by: event).first?.description }
    case ("stage", nil): self.init(stage: subject)
    default: return nil
    }
  }

  init(_ text: String, _ selection: Selection, _ statement: @escaping (FoldedEvent) -> String?) {
    self.init(text, selection, statements: { event in statement(event).map { [$0] } ?? [] })
  }

  init(_ text: String, _ selection: Selection, statements: @escaping (FoldedEvent) -> [String]) {
    self.text = text
    self.selection = selection
    self.statements = statements
  }

  private init(identifiers type: String?, _ subject: FieldSubject) {
    self.init(
      "the first event that carries the identifier", .firstOfEach,
      statements: { event in
        subject.carried(by: event).filter { type == nil || $0.type == type }.map(\.description)
      })
  }

  init(
    counting name: String?, _ subject: FieldSubject, _ value: @escaping (FoldedEvent) -> String?
  ) {
    self.init("events of the person are counted", .all) { event in
      guard subject.anchors(event), let found = value(event), name == nil || found == name else { return nil }
      return "1 more: \(found)"
    }
  }

  private init(stage subject: FieldSubject) {
    let person = subject.person
    guard person.orders.count == 0 else {
      self.init("one order that counts makes a customer, two a repeat customer", .all) {
        $0.order(["count"], of: subject)
      }
      return
    }
    self.init(
      "a contact point or a captured lead makes a lead", .firstOfEach,
      statements: { event in
        if event.type == .leadCaptured { return ["a lead was captured"] }
        return subject.carried(by: event).filter { $0.type != "anonymous_id" || person.stage == .visitor }
          .map(\.description)
      })
  }
}

extension FieldRule {
  private init(trait name: String?) {
    self.init("the latest event that speaks of the field sets it; null deletes it", name == nil ? .all : .latestWins) {
      event in
      guard event.type == .customerRegistered || event.type == .customerUpdated, let data = event.data else {
        return nil
      }
      guard let name else { return "speaks of the customer" }
      return data.trait(name).map { $0.isNull ? "deleted" : $0.excerpt }
    }
  }

  private init(consent channel: String?) {
    self.init(
      "the latest word on the channel, over all addresses", channel == nil ? .all : .latestWins,
      statements: { event in event.consents(channel).map { "\($0.channel): \($0.word)" } })
  }

  private init?(orders name: String?, _ subject: FieldSubject) {
    let parts = ["count", "placed", "cancelled", "gross", "net", "refunded", "average", "first", "last", "currency"]
    guard name.map(parts.contains) ?? true else { return nil }
    self.init("orders count from placed until cancelled or fully refunded; net is less refunds and credits", .all) {
      $0.order(name.map { [$0] } ?? parts, of: subject)
    }
  }

  private init?(email name: String?, _ subject: FieldSubject) {
    let types: [String: EventType] = [
      "sent": .emailSent, "delivered": .emailDelivered, "opened": .emailOpened, "clicked": .emailClicked,
      "bounced": .emailBounced, "last_opened": .emailOpened, "last_sent": .emailSent,
    ]
    guard name.map({ types[$0] != nil }) ?? true else { return nil }
    self.init("messages are counted, not events; opens by machines are left out", .all) { event in
      guard event.type.isEmail, name.map({ types[$0] == event.type }) ?? true, subject.owns(event) else { return nil }
      let message = event.data?["message_id"]?.excerpt ?? "a message"
      return event.type == .emailOpened && event.data?["machine"]?.bool == true
        ? "\(message), by a machine: does not count" : message
    }
  }

  private init?(tickets name: String?, _ subject: FieldSubject) {
    guard name.map({ ["open", "resolved", "count"].contains($0) }) ?? true else { return nil }
    self.init("a ticket is open until resolved, and again when reopened", .all) { event in
      guard event.type.entity?.kind == .ticket, subject.owns(event) else { return nil }
      return event.data?["ticket_id"]?.excerpt
    }
  }

  private init(items name: String?, of field: StaticString, _ subject: FieldSubject) {
    self.init(
      "items of orders that count", .all,
      statements: { event in
        guard event.type == .orderPlaced, subject.owns(event, counting: true), let items = event.data?["items"] else {
          return []
        }
        return items.elements.compactMap { item in
          guard let value = item[field]?.string, name == nil || value == name else { return nil }
          return "\(item["quantity"]?.excerpt ?? "1") \(value)"
        }
      })
  }
}

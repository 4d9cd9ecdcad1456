import Events
import Expressions
import Identity
import JSON
import ReadModels

extension FieldSet where Row == FoundPerson {
  /// The fields of `profile list`; those of scores are empty for people who come without.
  package static func people(_ configuration: Configuration) -> FieldSet<FoundPerson> {
    let fixed = names() + orders(configuration) + activity() + scores
    let taken = Set(fixed.map(\.name) + [ids.name])
    // An identifier type that is called like a field is shown among `ids` only.
    let contacts = configuration.identifiers.types.map(\.name).filter { !taken.contains($0) }.map(contact)
    return FieldSet(
      names() + contacts + [ids] + orders(configuration) + activity() + scores,
      dynamicPrefixes: ["traits.", CustomEventField.prefix], dynamic: { trait($0) ?? Field(custom: $0) })
  }

  /// The strongest identifier of a type.
  private static func contact(_ type: String) -> Field<FoundPerson> {
    Field(type, type.uppercased(), .text) { row in
      Value(row.person.contacts.first { $0.identifier.type == type }?.identifier.value)
    }
  }

  private static var ids: Field<FoundPerson> {
    Field("ids", "IDS", .list) { Value(texts: $0.person.contacts.map(\.identifier.description)) }
  }

  /// A field that is read from what a person's row begins with.
  static func figure(
    _ name: String, _ title: String, _ kind: Field<FoundPerson>.Kind, _ value: @escaping (FoundPerson) -> Value
  ) -> Field<FoundPerson> {
    Field(name, title, kind, isFigure: true, value)
  }

  private static func names() -> [Field<FoundPerson>] {
    [
      figure("person", "PERSON", .text) { .text($0.id.description) },
      figure("stage", "STAGE", .text) { .text($0.person.stage.name) },
      Field("name", "NAME", .text) { Value($0.person.displayName) },
      Field("who", "WHO", .text) { Value($0.person.displayName ?? $0.person.contacts.first?.identifier.description) },
    ]
  }

  private static func orders(_ configuration: Configuration) -> [Field<FoundPerson>] {
    let exchange = configuration.exchange
    func money(_ name: String, _ title: String, _ part: @escaping (PersonMoney) -> Money?) -> Field<FoundPerson> {
      figure("orders." + name, title, .money) { row in
        Value(PersonMoney(row.person.orders, exchange).flatMap(part))
      }
    }
    return [
      figure("orders.count", "ORDERS", .count) { Value($0.person.orders.count) },
      figure("orders.placed", "PLACED", .count) { Value($0.person.orders.placed) },
      figure("orders.cancelled", "CANCELLED", .count) { Value($0.person.orders.cancelled) },
      money("gross", "GROSS", \.gross), money("refunded", "REFUNDED", \.refunded), money("net", "NET", \.net),
      money("average", "AVERAGE", \.average),
      figure("orders.currency", "CURRENCY", .text) {
        Value(PersonMoney($0.person.orders, exchange)?.currency.code)
      },
      figure("orders.first", "FIRST ORDER", .time) { Value(microseconds: $0.person.orders.first) },
      figure("orders.last", "LAST ORDER", .time) { Value(microseconds: $0.person.orders.last) },
      Field("products", "PRODUCTS", .list) { Value(texts: $0.person.products.keys.sorted()) },
    ]
  }

  private static func activity() -> [Field<FoundPerson>] {
    [
      figure("visits.count", "VISITS", .count) { Value($0.person.visits) },
      figure("visits.last", "LAST VISIT", .time) { Value(microseconds: $0.person.lastVisit) },
      figure("email.sent", "E-MAILS", .count) { Value($0.person.email.sent) },
      figure("email.opened", "OPENED", .count) { Value($0.person.email.opened) },
      figure("email.clicked", "CLICKED", .count) { Value($0.person.email.clicked) },
      figure("email.last_opened", "LAST OPENED", .time) { Value(microseconds: $0.person.email.lastOpened) },
      figure("tickets.count", "TICKETS", .count) { Value($0.person.ticketsOpen + $0.person.ticketsResolved) },
      figure("tickets.open", "OPEN TICKETS", .count) { Value($0.person.ticketsOpen) },
      figure("tickets.resolved", "RESOLVED", .count) { Value($0.person.ticketsResolved) },
      Field("channels", "CHANNELS", .list) { Value(texts: $0.person.channels.keys.sorted()) },
      Field("stores", "STORES", .list) { Value(texts: $0.person.stores.keys.sorted()) },
      figure("events", "EVENTS", .count) { Value($0.person.events) },
      figure("first_seen", "FIRST SEEN", .time) { Value(microseconds: $0.person.firstSeen) },
      figure("last_seen", "LAST SEEN", .time) { Value(microseconds: $0.person.lastSeen) },
    ]
  }

  /// `traits.city` and the like: whatever events gave.
  private static func trait(_ name: String) -> Field<FoundPerson>? {
    guard name.hasPrefix("traits.") else { return nil }
    let key = String(name.dropFirst("traits.".count))
    return Field(name, key.uppercased(), .text) { row in
      let traits = row.person.traits
      let json = traits[key] ?? traits["traits." + key] ?? traits["address." + key]
      return json.map { Value(json: $0) } ?? .null
    }
  }
}

extension Value {
  /// A stored trait: JSON text of a scalar or of a list of texts.
  init(json: String) {
    let parser = JSONParser()
    do {
      self = Value(try parser.parse(json.utf8))
    } catch {
      self = .text(json)
    }
  }

  private init(_ json: JSONValue) {
    switch json.kind {
    case .null: self = .null
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .number: self = ExactDecimal(utf8: json.bytes).map { .number($0) } ?? .text(json.numberText ?? "")
    case .string: self = .text(json.string ?? "")
    case .array: self = .list(json.elements.map { Value($0) })
    case .object: self = .null
    }
  }
}

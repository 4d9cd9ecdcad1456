import Events
import GeneratedEvents
import Hashing
import Identity
import JSON
import ReadModels

/// What profiles should be, computed without any store: fold everything, join what occurs together, combine.
struct Reference {
  var identifiers: [Identifier: IdentifierState] = [:]
  var orders: [String: OrderState] = [:]
  var tickets: [String: TicketState] = [:]
  var messages: [String: MessageState] = [:]
  var credits: [String: CreditState] = [:]
  /// Indices of the events that concern a subject.
  var timelines: [Hash128: [Int]] = [:]
  private var neighbours: [Identifier: Set<Identifier>] = [:]

  init(_ events: [GeneratedEvent]) throws {
    let parser = JSONParser()
    for (index, event) in events.enumerated() {
      fold(try FoldedEvent(try parser.parse(event.document), position: UInt64(index) + 1), event, index)
    }
  }

  private mutating func fold(_ event: FoldedEvent, _ generated: GeneratedEvent, _ index: Int) {
    let ids = generated.ids.map { Identifier(type: $0.type, value: $0.value) }
    for id in ids {
      identifiers[id, default: IdentifierState(id, seen: event.time)].see(event.time)
      neighbours[id, default: []].formUnion(ids)
    }
    if let anchor = ids.first {
      identifiers[anchor]?.fold(event)
      timelines[IdentifierKey(anchor).hash, default: []].append(index)
    }
    foldEntities(event, anchor: ids.first, index)
  }

  private mutating func foldEntities(_ event: FoldedEvent, anchor: Identifier?, _ index: Int) {
    func id(_ field: StaticString) -> String? {
      event.data?[field].flatMap { $0.bytes.isEmpty ? nil : String(decoding: $0.bytes, as: UTF8.self) }
    }
    func note(_ kind: EntityKind, _ id: String) { timelines[EntityKey(kind, id: id).hash, default: []].append(index) }
    let isCredit = event.type == .creditIssued
    if event.type.entity?.kind == .order || isCredit, let id = id("order_id") {
      orders[id, default: OrderState(id: id)].fold(event, anchor: anchor)
      note(.order, id)
    }
    if isCredit, let id = id("credit_id") {
      credits[id, default: CreditState(id: id)].fold(event, anchor: anchor)
      note(.credit, id)
    }
    if event.type.entity?.kind == .ticket, let id = id("ticket_id") {
      tickets[id, default: TicketState(id: id)].fold(event, anchor: anchor)
      note(.ticket, id)
    }
    if event.type.entity?.kind == .message, let id = id("message_id") {
      messages[id, default: MessageState(id: id)].fold(event, anchor: anchor)
      note(.message, id)
    }
  }

  /// The sets of identifiers that are connected, by walking from neighbour to neighbour.
  var components: [Set<Identifier>] {
    var rest = Set(identifiers.keys)
    var components: [Set<Identifier>] = []
    while let start = rest.first {
      var component: Set<Identifier> = []
      var open = [start]
      while let next = open.popLast() {
        if component.insert(next).inserted { open += neighbours[next] ?? [] }
      }
      rest.subtract(component)
      components.append(component)
    }
    return components
  }

  /// The people by their keys.
  func people() -> [IdentifierKey: (person: Person, members: Set<Identifier>)] {
    var people: [IdentifierKey: (person: Person, members: Set<Identifier>)] = [:]
    for members in components {
      func owned<State: EntityState>(_ states: [String: State]) -> [State] {
        states.values.filter { $0.owner.map { members.contains($0.identifier) } ?? false }
      }
      let person = Person(
        identifiers: members.compactMap { identifiers[$0] }, orders: owned(orders), tickets: owned(tickets),
        messages: owned(messages), credits: owned(credits),
        strength: { name in IdentifierRules.standard.types.firstIndex { $0.name == name } ?? 99 })
      if let strongest = person.contacts.first { people[IdentifierKey(strongest.identifier)] = (person, members) }
    }
    return people
  }
}

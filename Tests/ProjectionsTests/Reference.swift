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
  private(set) var grouping = ReferenceGrouping()

  init(_ events: [GeneratedEvent]) throws {
    let parser = JSONParser()
    for (index, event) in events.enumerated() {
      fold(try FoldedEvent(try parser.parse(event.document), position: UInt64(index) + 1), event, index)
    }
  }

  private mutating func fold(_ event: FoldedEvent, _ generated: GeneratedEvent, _ index: Int) {
    // A decision that names one identifier twice is parked as a whole.
    if let decision = generated.decision, decision.a == decision.b { return }
    let ids = generated.ids.map { Identifier(type: $0.type, value: $0.value) }
    for id in ids {
      identifiers[id, default: IdentifierState(id, seen: event.time)].see(event.time)
    }
    for other in ids.dropFirst() { grouping.link(ids[0], other, at: event.time) }
    if let anchor = ids.first {
      identifiers[anchor]?.fold(event)
      timelines[IdentifierKey(anchor).hash, default: []].append(index)
    }
    foldDecision(event, generated, index)
    foldEntities(event, anchor: ids.first.map { IdentifierKey($0) }, index)
  }

  private mutating func foldDecision(_ event: FoldedEvent, _ generated: GeneratedEvent, _ index: Int) {
    guard let decision = generated.decision, let verdict = event.type.verdict else { return }
    let pair = [decision.a, decision.b].map { Identifier(type: $0.type, value: $0.value) }
    for id in pair {
      if identifiers[id] == nil { identifiers[id] = IdentifierState(unseen: id) }
      if generated.ids.first.map({ Identifier(type: $0.type, value: $0.value) != id }) ?? true {
        timelines[IdentifierKey(id).hash, default: []].append(index)
      }
    }
    grouping.decide(pair[0], pair[1], verdict, event.stamp)
  }

  private mutating func foldEntities(_ event: FoldedEvent, anchor: IdentifierKey?, _ index: Int) {
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

  /// The people by their keys.
  func people() -> [IdentifierKey: (person: Person, members: Set<Identifier>)] {
    var people: [IdentifierKey: (person: Person, members: Set<Identifier>)] = [:]
    for members in grouping.people(Set(identifiers.keys), .standard) {
      let keys = Set(members.map { IdentifierKey($0) })
      func owned<State: EntityState>(_ states: [String: State]) -> [State] { states.values.filter { owns(keys, $0) } }
      let person = Person(
        identifiers: members.compactMap { identifiers[$0] }, orders: owned(orders), tickets: owned(tickets),
        messages: owned(messages), credits: owned(credits),
        strength: { name in IdentifierRules.standard.types.firstIndex { $0.name == name } ?? 99 })
      let isNobody =
        members.count == 1 && person.events == 0 && grouping.linksNobody(members, .standard)
        && !(orders.values.contains { owns(keys, $0) } || tickets.values.contains { owns(keys, $0) }
          || messages.values.contains { owns(keys, $0) } || credits.values.contains { owns(keys, $0) })
      if !isNobody, let strongest = person.contacts.first {
        people[IdentifierKey(strongest.identifier)] = (person, members)
      }
    }
    return people
  }

  private func owns(_ members: Set<IdentifierKey>, _ state: some EntityState) -> Bool {
    state.owner.map { members.contains($0.identifier) } ?? false
  }
}

import EventLog
import Events
import Hashing
import Identity
import JSON
import ReadModels

/// Everything that one batch of events changes, before it is written.
struct WorkingSet {
  var identifiers: StateTable<Hash128, IdentifierState>
  var links: StateTable<LinkKey, LinkState>
  /// Every pair from both ends.
  var decisions: StateTable<LinkKey, DecisionState>
  var orders: StateTable<Hash128, OrderState>
  var tickets: StateTable<Hash128, TicketState>
  var messages: StateTable<Hash128, MessageState>
  var credits: StateTable<Hash128, CreditState>
  /// Of the notes made so far.
  var timelineDigest = SetDigest()
  private(set) var parked = ParkedEvents()

  let rules: IdentifierRules
  /// By strength.
  private let typeSeeds: [UInt64]
  private let typeNames: [String]
  private var found: [(strength: Int, slot: Int)] = []

  init(_ tables: ProfileTables, rules: IdentifierRules) {
    self.rules = rules
    typeNames = rules.types.map(\.name)
    typeSeeds = rules.types.map { type in
      var name = type.name
      return name.withUTF8 { IdentifierKey.seed(ofType: $0) }
    }
    identifiers = StateTable(tables.identifiers, .identifiers)
    links = StateTable(tables.links, .links)
    decisions = StateTable(tables.decisions, .decisions)
    orders = StateTable(tables.orders, .orders)
    tickets = StateTable(tables.tickets, .tickets)
    messages = StateTable(tables.messages, .messages)
    credits = StateTable(tables.credits, .credits)
  }

  /// What bounds a batch: the states in memory, and the events noted, of which a few dozen weigh as much as a state.
  var weight: Int {
    identifiers.count + links.count + decisions.count + orders.count + tickets.count + messages.count + credits.count
      + (identifiers.notes.count + orders.notes.count + tickets.notes.count + messages.notes.count) / 32
  }

  /// Forgets the states, of which the caller has taken care. The digest and what was parked stay.
  mutating func removeStates() {
    identifiers.removeAll()
    links.removeAll()
    decisions.removeAll()
    orders.removeAll()
    tickets.removeAll()
    messages.removeAll()
    credits.removeAll()
  }

  mutating func park(_ position: Position, _ reason: String) { parked.add(position, reason) }

  /// Folds one event into the identifier it is anchored on and the entity it speaks of.
  mutating func fold(_ event: FoldedEvent, in writer: borrowing GenerationWriter) throws {
    try findIdentifiers(of: event, in: writer)
    let nameHash = event.nameHash
    let anchor = found.first?.slot
    if let slot = anchor {
      identifiers.states.withState(slot) { $0.fold(event) }
      identifiers.note(event.position, slot)
      timelineDigest.note(nameHash, under: identifiers.keys[slot])
      try foldLinks(event, anchor: slot, in: writer)
    }
    if let verdict = event.type.verdict { try foldDecision(verdict, event, anchor: anchor, in: writer) }
    try foldEntity(event, nameHash, anchor: anchor, in: writer)
  }

  private mutating func foldLinks(_ event: FoldedEvent, anchor: Int, in writer: borrowing GenerationWriter) throws {
    for other in found.dropFirst() {
      identifiers.states.withState(other.slot) { $0.see(event.time) }
      let key = LinkKey(anchor: identifiers.keys[anchor], other: identifiers.keys[other.slot])
      let slot = try links.slot(of: key, in: writer, initial: LinkState())
      links.states.withState(slot) { $0.fold(event.time) }
    }
  }

  private mutating func foldEntity(
    _ event: FoldedEvent, _ nameHash: Hash128, anchor: Int?, in writer: borrowing GenerationWriter
  ) throws {
    guard let (kind, field) = event.type.entity else { return }
    let anchor = anchor.map { identifiers.states.withState($0) { $0.identifier } }
    let mention = EntityMention(event: event, id: event.data?[field], nameHash: nameHash, anchor: anchor)
    switch kind {
    case .order: try orders.fold(mention, in: writer, &timelineDigest, &parked)
    case .ticket: try tickets.fold(mention, in: writer, &timelineDigest, &parked)
    case .message: try messages.fold(mention, in: writer, &timelineDigest, &parked)
    case .credit:
      try credits.fold(mention, in: writer, &timelineDigest, &parked)
      // A credit note that names an order lessens that order.
      let order = EntityMention(event: event, id: event.data?["order_id"], nameHash: nameHash, anchor: anchor)
      try orders.fold(order, in: writer, &timelineDigest, &parked)
    }
  }

  /// Finds the event's identifiers, strongest first, and their slots.
  private mutating func findIdentifiers(of event: FoldedEvent, in writer: borrowing GenerationWriter) throws {
    found.removeAll(keepingCapacity: true)
    guard let ids = event.ids else { return }
    let time = event.time
    for (type, value) in ids.members {
      let seed = IdentifierKey.seed(ofType: type.bytes)
      guard let strength = typeSeeds.firstIndex(of: seed) else { continue }
      let slot = try identifiers.slot(
        of: IdentifierKey(typeSeed: seed, value: value.bytes).hash, in: writer,
        initial: IdentifierState(Identifier(type: typeNames[strength], value: Self.text(value)), seen: time))
      guard identifiers.states.withState(slot, { $0.hasValue(value.bytes) }) else {
        let known = identifiers.states.withState(slot) { $0.identifier }
        park(event.position, "\(typeNames[strength]) \(Self.text(value)) has the same key as \(known), and is left out")
        continue
      }
      found.insert((strength, slot), at: found.firstIndex { $0.strength > strength } ?? found.count)
    }
  }

  static func text(_ value: JSONValue) -> String { String(decoding: value.bytes, as: UTF8.self) }
}

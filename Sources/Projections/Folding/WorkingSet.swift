import EventLog
import Events
import Hashing
import Identity
import JSON
import ReadModels
import Threads

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

  let tables: ProfileTables
  let rules: IdentifierRules
  /// By strength.
  private let typeSeeds: [UInt64]
  private let typeNames: [String]
  private var found: [(strength: Int, slot: Int)] = []

  init(_ tables: ProfileTables, rules: IdentifierRules) {
    self.tables = tables
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

  /// Gives back the memory of the states, which must not be asked for afterwards: they are many small objects, so that two
  /// threads do it.
  func freeStates() throws {
    try concurrently {
      identifiers.states.removeAll()
      links.states.removeAll()
      decisions.states.removeAll()
    } _: {
      messages.states.removeAll()
      orders.states.removeAll()
      tickets.states.removeAll()
      credits.states.removeAll()
    }
  }

  /// Takes over what later events changed in a set of their own, which is empty afterwards. On two threads.
  mutating func absorb(_ later: inout WorkingSet) throws {
    try concurrently {
      identifiers.absorb(&later.identifiers)
      links.absorb(&later.links)
      decisions.absorb(&later.decisions)
    } _: {
      messages.absorb(&later.messages)
      orders.absorb(&later.orders)
      tickets.absorb(&later.tickets)
      credits.absorb(&later.credits)
    }
    absorbRest(of: later)
  }

  /// Takes over what is no state: the digest and what was parked.
  mutating func absorbRest(of later: WorkingSet) {
    timelineDigest.add(later.timelineDigest)
    for event in later.parked.events { parked.add(event.position, event.reason) }
  }

  mutating func park(_ position: Position, _ reason: String) { parked.add(position, reason) }

  /// Folds an event into the identifier it is anchored on and the entity it speaks of. `stored` is the event of the log
  /// that it was read from, often itself. Throws ``UnreadableEvent`` before anything is changed.
  mutating func fold(
    _ event: FoldedEvent, of stored: FoldedEvent, in rows: borrowing some StateRows & ~Copyable
  ) throws {
    // What may be refused comes first: an identifier of an event that is parked must leave no trace.
    let decided: DecidedPair? = if let verdict = event.type.verdict { try decidedPair(verdict, event) } else { nil }
    try findIdentifiers(of: event, in: rows)
    let anchor = found.first?.slot
    let mention = EntityMention(
      event: event, nameHash: stored.nameHash,
      anchor: anchor.map { IdentifierKey(identifiers.keys[$0]) })
    let decision: FoundDecision? = if let decided { try self.decision(on: decided, in: rows) } else { nil }
    let entity = try entity(of: mention, in: rows)
    if let slot = anchor {
      let counts = note(mention, slot)
      identifiers.states.withState(slot) { $0.fold(event, counts: counts) }
      try foldLinks(event, anchor: slot, in: rows)
    }
    if let decision { try fold(decision, mention, in: rows) }
    if let entity { fold(mention, entity) }
  }

  /// Remembers that an event concerns an identifier. Returns false if that is known.
  @discardableResult
  mutating func note(_ mention: EntityMention, _ slot: Int) -> Bool {
    identifiers.note(mention, slot, &timelineDigest)
  }

  private mutating func foldLinks(
    _ event: FoldedEvent, anchor: Int, in rows: borrowing some StateRows & ~Copyable
  ) throws {
    for other in found.dropFirst() {
      identifiers.states.withState(other.slot) { $0.see(event.time) }
      let key = LinkKey(anchor: identifiers.keys[anchor], other: identifiers.keys[other.slot])
      let slot = try links.slot(of: key, in: rows, initial: LinkState())
      links.states.withState(slot) { $0.fold(event.time) }
    }
  }

  /// Where the entities are that an event speaks of: a credit note may name an order beside itself, which it lessens.
  private mutating func entity(
    of mention: EntityMention, in rows: borrowing some StateRows & ~Copyable
  ) throws -> (kind: EntityKind, slot: Int?, order: Int?)? {
    let event = mention.event
    guard let (kind, field) = event.type.entity else { return nil }
    let id = event.data?[field]
    switch kind {
    case .order: return (kind, try orders.slot(ofNamed: id, in: rows), nil)
    case .ticket: return (kind, try tickets.slot(ofNamed: id, in: rows), nil)
    case .message: return (kind, try messages.slot(ofNamed: id, in: rows), nil)
    case .credit:
      let credit = try credits.slot(ofNamed: id, in: rows)
      return (kind, credit, try orders.slot(ofNamed: event.data?["order_id"], in: rows))
    }
  }

  private mutating func fold(_ mention: EntityMention, _ entity: (kind: EntityKind, slot: Int?, order: Int?)) {
    if let order = entity.order { orders.fold(mention, order, &timelineDigest) }
    guard let slot = entity.slot else { return }
    switch entity.kind {
    case .order: orders.fold(mention, slot, &timelineDigest)
    case .ticket: tickets.fold(mention, slot, &timelineDigest)
    case .message: messages.fold(mention, slot, &timelineDigest)
    case .credit: credits.fold(mention, slot, &timelineDigest)
    }
  }

  /// Finds the event's identifiers, strongest first, and their slots.
  private mutating func findIdentifiers(
    of event: FoldedEvent, in rows: borrowing some StateRows & ~Copyable
  ) throws {
    found.removeAll(keepingCapacity: true)
    guard let ids = event.ids else { return }
    let time = event.time
    for (type, value) in ids.members {
      let seed = IdentifierKey.seed(ofType: type.bytes)
      guard let strength = typeSeeds.firstIndex(of: seed) else { continue }
      let slot = try identifiers.slot(
        of: IdentifierKey(typeSeed: seed, value: value.bytes).hash, in: rows,
        initial: IdentifierState(Identifier(type: typeNames[strength], value: Self.text(value)), seen: time))
      guard identifiers.states.withState(slot, { $0.hasValue(value.bytes) }) else {
        let known = identifiers.states.withState(slot) { $0.identifier }
        throw UnreadableEvent(reason: "\(typeNames[strength]) \(Self.text(value)) has the same key as \(known)")
      }
      found.insert((strength, slot), at: found.firstIndex { $0.strength > strength } ?? found.count)
    }
  }

  static func text(_ value: JSONValue) -> String { String(decoding: value.bytes, as: UTF8.self) }
}

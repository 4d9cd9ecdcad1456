import Events
import Hashing
import Identity
import JSON
import ReadModels

/// An ordered pair of identifiers: the anchor of events, and another one that they carry.
struct LinkKey: Hashable, Comparable {
  let anchor, other: IdentifierKey

  static func < (a: Self, b: Self) -> Bool { a.anchor != b.anchor ? a.anchor < b.anchor : a.other < b.other }
}

/// Everything that one batch of events changes, before it is written.
struct WorkingSet {
  var identifiers: StateCache<IdentifierKey, IdentifierState>
  var links: StateCache<LinkKey, LinkState>
  var orders: StateCache<EntityKey, OrderState>
  var tickets: StateCache<EntityKey, TicketState>
  var messages: StateCache<EntityKey, MessageState>
  var credits: StateCache<EntityKey, CreditState>
  /// New positions by subject, ascending.
  private(set) var timeline: [Hash128: [UInt64]] = [:]
  private(set) var timelineDigest = SetDigest()
  private(set) var parked: [(position: UInt64, reason: String)] = []

  private let rules: IdentifierRules
  private var found: [(strength: Int, key: IdentifierKey, value: JSONValue)] = []
  private var hashInput: [UInt8] = []

  init(_ tables: ProfileTables, rules: IdentifierRules) {
    self.rules = rules
    identifiers = StateCache(tables.identifiers, .identifiers) { RowKey.of($0) }
    links = StateCache(tables.links, .links) { RowKey.of($0.anchor, $0.other) }
    orders = StateCache(tables.orders, .orders) { RowKey.of($0) }
    tickets = StateCache(tables.tickets, .tickets) { RowKey.of($0) }
    messages = StateCache(tables.messages, .messages) { RowKey.of($0) }
    credits = StateCache(tables.credits, .credits) { RowKey.of($0) }
  }

  /// States held in memory: what bounds a batch.
  var count: Int {
    identifiers.count + links.count + orders.count + tickets.count + messages.count + credits.count + timeline.count
  }

  mutating func park(_ position: UInt64, _ reason: String) { parked.append((position, reason)) }

  /// Folds one event into the identifier it is anchored on and the entity it speaks of.
  mutating func fold(_ event: FoldedEvent, in writer: borrowing DigestedWriter) throws {
    findIdentifiers(of: event)
    let anchor = found.first.map { Identifier(type: rules.types[$0.strength].name, value: Self.text($0.value)) }
    if let anchor, let key = found.first?.key { try fold(event, anchor, key, in: writer) }
    if let (kind, field) = event.type.entity { try fold(event, kind, field, anchor, in: writer) }
    // A credit note that names an order lessens that order.
    if event.type == .creditIssued, event.data?["order_id"] != nil {
      try fold(event, .order, "order_id", anchor, in: writer)
    }
  }

  private mutating func fold(
    _ event: FoldedEvent, _ anchor: Identifier, _ key: IdentifierKey, in writer: borrowing DigestedWriter
  ) throws {
    try identifiers.update(key, in: writer, initial: IdentifierState(anchor, seen: event.time)) { $0.fold(event) }
    note(event, under: key.hash)
    for other in found.dropFirst() {
      let identifier = Identifier(type: rules.types[other.strength].name, value: Self.text(other.value))
      try identifiers.update(other.key, in: writer, initial: IdentifierState(identifier, seen: event.time)) {
        $0.see(event.time)
      }
      try links.update(LinkKey(anchor: key, other: other.key), in: writer, initial: LinkState()) { $0.fold(event.time) }
    }
  }

  private mutating func fold(
    _ event: FoldedEvent, _ kind: EntityKind, _ field: StaticString, _ anchor: Identifier?,
    in writer: borrowing DigestedWriter
  ) throws {
    guard let value = event.data?[field], !value.bytes.isEmpty else { return }
    let key = EntityKey(kind, id: value.bytes)
    switch kind {
    case .order: try orders.update(key, in: writer, initial: OrderState(id: Self.text(value))) { $0.fold(event, anchor: anchor) }
    case .ticket: try tickets.update(key, in: writer, initial: TicketState(id: Self.text(value))) { $0.fold(event, anchor: anchor) }
    case .message: try messages.update(key, in: writer, initial: MessageState(id: Self.text(value))) { $0.fold(event, anchor: anchor) }
    case .credit: try credits.update(key, in: writer, initial: CreditState(id: Self.text(value))) { $0.fold(event, anchor: anchor) }
    }
    note(event, under: key.hash)
  }

  /// Finds the event's identifiers, strongest first.
  private mutating func findIdentifiers(of event: FoldedEvent) {
    found.removeAll(keepingCapacity: true)
    guard let ids = event.ids else { return }
    for (type, value) in ids.members {
      guard let strength = rules.strength(ofType: type.bytes) else { continue }
      let place = found.firstIndex { $0.strength > strength } ?? found.count
      found.insert((strength, key(type, value), value), at: place)
    }
  }

  private mutating func key(_ type: JSONValue, _ value: JSONValue) -> IdentifierKey {
    hashInput.removeAll(keepingCapacity: true)
    hashInput.append(contentsOf: type.bytes)
    hashInput.append(0)
    hashInput.append(contentsOf: value.bytes)
    return IdentifierKey(hashInput.withUnsafeBytes { XXH3.hash128($0) })
  }

  /// Remembers that an event concerns a subject. The digest names the event by source and id, not by position.
  private mutating func note(_ event: FoldedEvent, under subject: Hash128) {
    timeline[subject, default: []].append(event.position)
    hashInput.removeAll(keepingCapacity: true)
    hashInput.append(contentsOf: event.source.bytes)
    hashInput.append(0)
    hashInput.append(contentsOf: event.id.bytes)
    let subjectHash = subject.high ^ subject.low &* 0x9E37_79B9_7F4A_7C15 ^ RowTag.timeline.rawValue
    timelineDigest.add(hashInput.withUnsafeBytes { XXH3.hash128($0, seed: subjectHash) })
  }

  private static func text(_ value: JSONValue) -> String { String(decoding: value.bytes, as: UTF8.self) }
}

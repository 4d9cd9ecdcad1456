import EventLog
import Events
import Identity
import JSON
import ReadModels

/// Folds chosen events of the log up to a moment, each once, in memory.
struct PastFold {
  let moment: Moment
  private let rules: IdentifierRules
  private let reader: LogReader
  private let reading: EventReading
  private var seen: Set<Position> = []
  /// By the identifier that it is anchored on, the last event: others may have been made of the same one.
  private var lastFolded: [IdentifierKey: Position] = [:]

  private(set) var identifiers: [IdentifierKey: IdentifierState] = [:]
  private(set) var links: [LinkKey: LinkState] = [:]
  private(set) var decisions: [LinkKey: DecisionState] = [:]
  /// By the identifier that events are anchored on, the entities that they speak of.
  private(set) var mentioned: [IdentifierKey: Set<EntityKey>] = [:]

  init(_ log: EventLog, _ settings: FoldSettings, _ moment: Moment) {
    self.moment = moment
    rules = settings.identifiers
    reading = EventReading(settings.upcasters)
    reader = LogReader(log)
  }

  /// Folds the events at ascending positions into identifiers, links and decisions.
  mutating func fold(_ positions: [Position]) throws {
    for position in positions where !moment.excludes(position) && seen.insert(position).inserted {
      try withEvents(at: position) { fold, event, carried in fold.fold(event, carried) }
    }
  }

  /// The state of an entity after the events at ascending positions; nil if there is none.
  mutating func entity<State: EntityState>(_ id: String, _ positions: [Position]) throws -> State? {
    var state: State?
    for position in positions where !moment.excludes(position) {
      try withEvents(at: position) { _, event, carried in
        var folded = state ?? State(id: id)
        folded.fold(event, anchor: carried.first.map { IdentifierKey($0) })
        state = folded
      }
    }
    return state
  }

  /// The positions among these whose events happened in time, with their identifiers. Ascending.
  mutating func happened(_ positions: [Position]) throws -> [Position] {
    var happened: [Position] = []
    for position in positions where !moment.excludes(position) {
      try withEvents(at: position) { _, _, _ in if happened.last != position { happened.append(position) } }
    }
    return happened
  }

  /// Calls `body` with what an event is read as, with its identifiers, strongest first, unless it happened too late or
  /// cannot be read.
  private mutating func withEvents(
    at position: Position, _ body: (inout PastFold, FoldedEvent, [Identifier]) throws -> Void
  ) throws {
    try reader.withEvent(at: position) { logged in
      do {
        try reading.forEach(logged) { event, _ in
          guard !moment.excludes(time: event.time), isFoldable(event) else { return }
          try body(&self, event, carried(by: event))
        }
      } catch is UnreadableEvent { return }
    }
  }

  /// A decision that names an unknown type, or one identifier twice, is parked.
  private func isFoldable(_ event: FoldedEvent) -> Bool {
    guard event.type.verdict != nil, let a = event.decided("a"), let b = event.decided("b") else { return true }
    return a != b && rules.hasType(a.type) && rules.hasType(b.type)
  }

  private func carried(by event: FoldedEvent) -> [Identifier] {
    guard let ids = event.ids else { return [] }
    var found: [(rank: Int, identifier: Identifier)] = []
    for (type, value) in ids.members {
      guard let rank = rules.strength(ofType: type.bytes) else { continue }
      found.append((rank, Identifier(type: rules.types[rank].name, value: WorkingSet.text(value))))
    }
    return found.sorted { $0.rank < $1.rank }.map(\.identifier)
  }

  private mutating func fold(_ event: FoldedEvent, _ carried: [Identifier]) {
    for identifier in carried { see(identifier, event) }
    if let anchor = carried.first {
      let key = IdentifierKey(anchor)
      identifiers[key]?.fold(event, counts: lastFolded[key] != event.position)
      lastFolded[key] = event.position
      for other in carried.dropFirst() {
        links[LinkKey(anchor: key.hash, other: IdentifierKey(other).hash), default: LinkState()].fold(event.time)
      }
      mentioned[key, default: []].formUnion(Self.entities(event))
    }
    if let verdict = event.type.verdict { decide(verdict, event) }
  }

  private mutating func see(_ identifier: Identifier, _ event: FoldedEvent) {
    identifiers[IdentifierKey(identifier), default: IdentifierState(identifier, seen: event.time)].see(event.time)
  }

  private mutating func decide(_ verdict: DecisionState.Verdict, _ event: FoldedEvent) {
    guard let a = event.decided("a"), let b = event.decided("b") else { return }
    for identifier in [a, b] {
      let key = IdentifierKey(identifier)
      if identifiers[key] == nil { identifiers[key] = IdentifierState(unseen: identifier) }
    }
    let pair = LinkKey(anchor: IdentifierKey(a).hash, other: IdentifierKey(b).hash)
    for key in [pair, pair.reversed] { decisions[key, default: DecisionState()].fold(verdict, event) }
  }

  /// The entities that an event speaks of.
  private static func entities(_ event: FoldedEvent) -> [EntityKey] {
    guard let (kind, field) = event.type.entity else { return [] }
    var entities: [EntityKey] = []
    if let id = event.data?[field], !id.bytes.isEmpty { entities.append(EntityKey(kind, id: id.bytes)) }
    if kind == .credit, let id = event.data?["order_id"], !id.bytes.isEmpty {
      entities.append(EntityKey(.order, id: id.bytes))
    }
    return entities
  }
}

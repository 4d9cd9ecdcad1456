import Events
import GeneratedEvents
import Identity
import JSON
import ReadModels
import Testing

/// Lends each event, parsed, to `body`.
func forEachFolded(_ events: [GeneratedEvent], _ body: (FoldedEvent, GeneratedEvent) throws -> Void) throws {
  let parser = JSONParser()
  for (index, event) in events.enumerated() {
    try body(try FoldedEvent(try parser.parse(event.document), position: UInt64(index) + 1), event)
  }
}

/// The strongest identifier of an event, which it is anchored on.
func anchor(of event: GeneratedEvent) -> IdentifierKey? {
  event.ids.first.map { IdentifierKey(Identifier(type: $0.type, value: $0.value)) }
}

/// The state of an entity after events, each with the identifier that it carries.
func folded<State: EntityState>(_ events: [GeneratedEvent], id: String = "1") throws -> State {
  var state = State(id: id)
  try forEachFolded(events) { folded, event in state.fold(folded, anchor: anchor(of: event)) }
  return state
}

/// The state of one identifier after events that are all anchored on it. There must be at least one.
func foldedIdentifier(
  _ events: [GeneratedEvent], as identifier: Identifier = Identifier(type: "email", value: "an@example.com")
) throws -> IdentifierState {
  var state = IdentifierState(identifier, seen: try #require(events.first).time)
  try forEachFolded(events) { folded, _ in state.fold(folded) }
  return state
}

func foldedLink(_ events: [GeneratedEvent]) throws -> LinkState {
  var state = LinkState()
  for event in events { state.fold(event.time) }
  return state
}

/// One event with the given `data`, at a number of seconds after the beginning of 2026 in UTC.
func event(
  _ type: String, at seconds: Double = 0, _ data: String? = nil, source: String = "web", id: String? = nil,
  channel: String = "web", store: String? = nil, ids: [(type: String, value: String)] = []
) -> GeneratedEvent {
  let time = 1_767_225_600_000_000 + Int64(seconds * 1_000_000)
  return GeneratedEvent(
    time: time, source: source, id: id ?? "\(type)@\(seconds)", type: type, channel: channel, store: store, ids: ids,
    data: data)
}

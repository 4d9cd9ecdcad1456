import EventLog
import Events
import Identity
import Intake
import JSON
import ReadModels
import Schemas

extension FuzzTarget {
  /// Lines of NDJSON become events. What is accepted is one line, is accepted again as it stands, and can be folded.
  static let line = FuzzTarget(name: "line") {
    var judge = EventJudge()
    return { input in
      let prepared = judge.prepare(input)
      try judge.check(prepared)
    }
  } seeds: {
    ProjectFiles.lines(below: "schemas", ending: "valid.ndjson")
  }
}

/// Judges events as intake does, and what it accepted.
struct EventJudge {
  /// 2026-06-01T00:00:00Z: the clock stands still, so that an input means the same at any time.
  static let now = Instant(microseconds: 1_780_272_000_000_000)

  var preparer = EventPreparer(IntakeRules(catalogue: .builtIn, identifiers: .standard) { now })
  private let parser = JSONParser()

  mutating func prepare(_ lines: some Sequence<UInt8>) -> PreparedChunk {
    preparer.prepare(LineChunk(lines: lines, file: "input"), input: "ndjson")
  }

  /// Canonical documents are lines, they are what intake makes of them, and read models take them.
  mutating func check(_ prepared: PreparedChunk) throws {
    for event in prepared.events { try check(prepared.documents[event.range]) }
  }

  private mutating func check(_ document: ArraySlice<UInt8>) throws {
    let again = prepare(document)
    try promise(again.rejects.isEmpty, "a canonical document is refused: \(again.rejects.map(\.reject.reason))")
    try promise(
      again.documents.elementsEqual(document), "a document becomes \(again.documents.text): \(Array(document).text)")
    try promise(!document.contains(0x0A), "a document is more than a line: \(Array(document).text)")
    try fold(document)
  }

  /// Each state takes the event as if it spoke of it, and its row can be read.
  private func fold(_ document: ArraySlice<UInt8>) throws {
    let event: FoldedEvent
    do {
      event = try FoldedEvent(try parser.parse(document), position: 1)
    } catch {
      throw BrokenPromise("an accepted event cannot be folded: \(error)")
    }
    try fold(event, OrderState(id: "1"))
    try fold(event, TicketState(id: "1"))
    try fold(event, MessageState(id: "1"))
    try fold(event, CreditState(id: "1"))
    var state = IdentifierState(Identifier(type: "email", value: "a@example.com"), seen: event.time)
    state.fold(event)
    try check(state)
  }

  private func fold(_ event: FoldedEvent, _ state: some EntityState) throws {
    var state = state
    state.fold(event, anchor: nil)
    try check(state)
  }

  private func check<State: FoldState>(_ state: State) throws {
    let row = state.encoded()
    do {
      let read = try row.withUnsafeBytes { try State.decode($0) }
      try promise(read == state, "the row of a state is read as another one: \(state)")
    } catch let error as BrokenPromise {
      throw error
    } catch {
      throw BrokenPromise("the row of a state cannot be read: \(error)")
    }
  }
}

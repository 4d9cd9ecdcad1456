import EventLog
import Intake

/// The numbers of a summary, to be compared.
struct Figures: Equatable {
  var lines = 0
  var linesUsed = 0
  var linesFiltered = 0
  var linesQuarantined = 0
  var accepted = 0
  var duplicates = 0
  var conflicts = 0
  var quarantined = 0
  var droppedIdentifiers = 0
  var problems: [Reject.Kind: Int] = [:]
  var positions: ClosedRange<Position>?
}

extension Figures {
  init(_ summary: IngestSummary) {
    lines = summary.lines
    linesUsed = summary.linesUsed
    linesFiltered = summary.linesFiltered
    linesQuarantined = summary.linesQuarantined
    accepted = summary.accepted
    duplicates = summary.duplicates
    conflicts = summary.conflicts
    quarantined = summary.quarantined
    droppedIdentifiers = summary.droppedIdentifiers
    problems = summary.problems.mapValues(\.count)
    if let first = summary.firstPosition, let last = summary.lastPosition { positions = first...last }
  }
}

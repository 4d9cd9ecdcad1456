package import EventLog

/// What one ingest did. Every line of the input is accounted for once:
/// `lines = linesUsed + linesFiltered + linesQuarantined`.
package struct IngestSummary: Sendable {
  /// Lines or rows read, blank ones not counted.
  package private(set) var lines = 0
  /// Lines that became events of the log, now or earlier.
  package private(set) var linesUsed = 0
  /// Lines that a mapping left out on purpose.
  package private(set) var linesFiltered = 0
  /// Lines that lie in the quarantine.
  package private(set) var linesQuarantined = 0

  /// Events appended.
  package private(set) var accepted = 0
  /// Events that the log already had.
  package private(set) var duplicates = 0
  /// Events whose (source, id) the log has with other content; quarantined.
  package private(set) var conflicts = 0
  /// Lines or events that could not be taken; quarantined. Conflicts are not counted here.
  package private(set) var quarantined = 0
  /// Identifier values dropped as blocked or malformed.
  package private(set) var droppedIdentifiers = 0
  /// What was left out, by the reason the mapping gives.
  package private(set) var filtered: [String: FilteredCount] = [:]
  /// What went well enough to go on, and that somebody should know, with how often it did.
  package private(set) var warnings: [String: Int] = [:]
  /// What was quarantined, by kind.
  package private(set) var problems: [Reject.Kind: Problem] = [:]
  /// What was quarantined last.
  package private(set) var newestProblem: Reject?

  /// Quarantined events of one kind.
  package struct Problem: Sendable {
    package fileprivate(set) var count = 0
    /// The first, and the first of some other reasons.
    package fileprivate(set) var examples: [Reject] = []

    fileprivate static let examplesMax = 5
  }

  package private(set) var firstPosition: Position?
  package private(set) var lastPosition: Position?

  package init() {}

  package var hasProblems: Bool { quarantined + conflicts > 0 }

  mutating func countAccepted(at position: Position, lines count: Int) {
    accepted += 1
    firstPosition = firstPosition ?? position
    lastPosition = position
    use(count)
  }

  mutating func countDuplicate(lines count: Int) {
    duplicates += 1
    use(count)
  }

  mutating func countConflict(_ reject: Reject, lines count: Int) {
    conflicts += 1
    quarantine(reject, lines: count)
  }

  /// Counts what a chunk filtered and set aside; its events are counted one by one.
  mutating func count(_ chunk: PreparedChunk) {
    for (reject, lineCount) in chunk.rejects {
      quarantined += 1
      quarantine(reject, lines: lineCount)
    }
    for (reason, count) in chunk.filtered {
      filtered[reason, default: .init()].documents += count.documents
      filtered[reason, default: .init()].lines += count.lines
      linesFiltered += count.lines
      lines += count.lines
    }
    warnings.merge(chunk.warnings, uniquingKeysWith: +)
    droppedIdentifiers += chunk.droppedIdentifiers
  }

  /// Counts a chunk whose events were only checked, not appended.
  mutating func countChecked(_ chunk: PreparedChunk) {
    for event in chunk.events {
      accepted += 1
      use(event.origin.lineCount)
    }
    count(chunk)
  }

  private mutating func use(_ count: Int) {
    linesUsed += count
    lines += count
  }

  private mutating func quarantine(_ reject: Reject, lines count: Int) {
    linesQuarantined += count
    lines += count
    newestProblem = reject
    var problem = problems[reject.kind] ?? Problem()
    problem.count += 1
    if problem.examples.count < Problem.examplesMax, !problem.examples.contains(where: { $0.reason == reject.reason }) {
      problem.examples.append(reject)
    }
    problems[reject.kind] = problem
  }
}

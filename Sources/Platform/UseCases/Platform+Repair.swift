package import EventLog
import Events
import Glibc
import Intake

/// What was saved of a damaged log.
package struct Repaired: Sendable {
  /// The newest position that the log had, and those of which nothing is left.
  package let last: Position
  package let lost: [ClosedRange<Position>]
  /// Whether it is known that there were no events behind ``last``.
  package let isEndKnown: Bool
  /// Events and quarantined documents of the new log.
  package let events: Int
  package let rejects: Int

  /// Whether every event was saved.
  package var isComplete: Bool { lost.isEmpty && isEndKnown }
}

extension DataDirectory {
  /// Saves what can be read of the log into a directory that has none: every whole event, in the old order, and the quarantine, with
  /// configuration and schemas. The damaged log is only read. What is lost leaves no gap among the new positions. Until the new
  /// log is whole it has another name, so an interrupted repair can be begun again. `progress` gets the position that was
  /// reached and the last one. O(log).
  package func repair(
    into target: DataDirectory, progress: (Position, Position) -> Void = { _, _ in }
  ) throws -> Repaired {
    guard !target.hasLog else { throw DirectoryError("\(target.path) has a log already; choose another directory") }
    let salvage = try Salvage(path: logFile)
    guard salvage.foundCount > 0 || salvage.rejectCount > 0 else {
      throw DirectoryError("nothing in \(logFile) can be read as a part of a log; nothing was written")
    }
    let companions = try Companions(of: self, for: target, replacing: false)
    try target.create()
    let repaired = try salvage.write(to: target.incompleteLog, progress: progress)
    try companions.write()
    try target.adoptIncompleteLog()
    return repaired
  }
}

extension Salvage {
  fileprivate borrowing func write(
    to path: String, progress: (Position, Position) -> Void
  ) throws -> Repaired {
    unlink(path)
    defer { unlink(path + "-lock") }
    let log = try EventLog(path: path, created: created ?? Instant(microseconds: 0))
    var intake = StoredEventIntake(into: log)
    let last = last
    try forEachBatch { batch in
      try intake.take(batch)
      progress(batch.last, last)
    }
    try forEachReject { try intake.take($0) }
    try intake.commit()
    return Repaired(last: last, lost: lost, isEndKnown: isEndKnown, events: intake.accepted, rejects: intake.rejected)
  }
}

import EventLog
import ReadModels

/// Reads events of the log into a working set.
struct EventFolding {
  var set: WorkingSet
  private let reading: EventReading

  init(_ tables: ProfileTables, _ settings: FoldSettings) {
    set = WorkingSet(tables, rules: settings.identifiers)
    reading = EventReading(settings.upcasters)
  }

  /// Folds the events of a block from `first` through `last`. One that cannot be folded is parked with its reason: no
  /// event stops a projection.
  mutating func fold(
    _ block: LogBatch, from first: Position, through last: Position = .max,
    in rows: borrowing some StateRows & ~Copyable
  ) throws {
    try block.forEach(from: first, through: last) { logged in
      do {
        try reading.forEach(logged) { event, stored in try set.fold(event, of: stored, in: rows) }
      } catch let error as UnreadableEvent {
        set.park(logged.position, error.reason)
      }
    }
  }
}

package import EventLog

/// A moment in the past that is asked for.
package enum Moment: Equatable, Sendable {
  /// All events that happened until then, also those that arrived later. Microseconds since 1970, inclusive.
  case time(Int64)
  /// All events that had arrived until then.
  case position(Position)

  /// Whether an event at a position, of a time, counts.
  package func includes(_ position: Position, time: Int64) -> Bool { !excludes(position) && !excludes(time: time) }

  /// Whether the events at and behind a position arrived too late, whatever they say.
  func excludes(_ position: Position) -> Bool {
    if case .position(let last) = self { position > last } else { false }
  }

  /// Whether something that happened at a time happened too late.
  func excludes(time: Int64) -> Bool {
    if case .time(let last) = self { time > last } else { false }
  }
}

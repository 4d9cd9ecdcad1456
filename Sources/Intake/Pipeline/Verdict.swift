import EventLog

/// What becomes of one prepared event.
enum Verdict {
  case new
  /// An event with the same (source, id) and the same content is in the log, or came before in this batch.
  case duplicate
  /// One with the same (source, id) and other content is.
  case conflict(with: Twin)

  /// The event that was there first.
  enum Twin {
    case stored(Position)
    case earlierInBatch
  }
}

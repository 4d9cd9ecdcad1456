/// What a generation is among the others.
package enum GenerationState: String, Sendable {
  /// The one that questions are answered from.
  case live
  /// Finished, and never live.
  case ready
  /// Finished, and live before another one was.
  case former
  /// A process is at it.
  case building
  /// Left by a process that ended before it was finished. The next rebuild or promotion removes it.
  case unfinished
}

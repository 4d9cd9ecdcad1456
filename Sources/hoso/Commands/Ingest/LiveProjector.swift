import EventLog
import Platform

/// Keeps the read models current while events come in.
struct LiveProjector {
  private let platform: Platform
  private var isIdle: Bool
  private var position: Position?

  /// - Parameter isIdle: whether read models are to be left behind.
  init(_ platform: Platform, isIdle: Bool) {
    self.platform = platform
    self.isIdle = isIdle
  }

  /// Folds what is in the log already: an earlier run may have been killed before it did.
  mutating func begin() throws { if !isIdle { try fold() } }

  /// Folds what is new since the last call, if anything is.
  mutating func catchUp(_ last: Position?) throws {
    guard !isIdle, last != position else { return }
    position = last
    try fold()
  }

  private mutating func fold() throws {
    do {
      // Read models of another version say once that they are stale, and wait for a rebuild.
      isIdle = try Project.catchUp(platform).stale != nil
    } catch {
      throw ProjectingFailed(cause: error)
    }
  }
}

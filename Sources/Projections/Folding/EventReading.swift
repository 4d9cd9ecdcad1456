package import EventLog
import JSON
package import ReadModels
package import Upcasting

/// The one place where stored events become what folds understand: parsed, and of the newest versions.
///
/// Owns parsers, so it is for one thread.
package final class EventReading {
  private let upcasters: Upcasters
  private let makesSeveral: Bool
  private let parser = JSONParser()
  private let upcasting: Upcasting

  package init(_ upcasters: Upcasters) {
    self.upcasters = upcasters
    makesSeveral = upcasters.makesSeveral
    upcasting = Upcasting(upcasters)
  }

  /// Calls `body` with each event that a stored one is read as: one, unless an upcaster made several of it or dropped it;
  /// and with the stored one, which names it. What `body` gets is valid during the call.
  ///
  /// Throws ``UnreadableEvent`` before `body` was called at all, and what `body` throws.
  package func forEach(
    _ event: LoggedEvent, _ body: (_ event: FoldedEvent, _ stored: FoldedEvent) throws -> Void
  ) throws {
    let root = try readable {
      try parser.parse(padded: event.padded, count: event.documentBytes)
    }
    let stored = try readable { try FoldedEvent(root, position: event.position) }
    guard !upcasters.isCurrent(type: stored.typeName.bytes, version: stored.version) else {
      return try body(stored, stored)
    }
    // Where one becomes several, a later one might fail when an earlier one is folded already: so all are made first.
    if makesSeveral {
      try readable { try upcasting.forEach(root) { root, _ in _ = try FoldedEvent(root, position: event.position) } }
    }
    var failure: (any Error)?
    try readable {
      try upcasting.forEach(root) { root, _ in
        let newest = try FoldedEvent(root, position: event.position)
        guard failure == nil else { return }
        do { try body(newest, stored) } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  private func readable<Result>(_ body: () throws -> Result) throws(UnreadableEvent) -> Result {
    do {
      return try body()
    } catch let error as UnfoldableEvent {
      throw UnreadableEvent(reason: error.reason)
    } catch {
      throw UnreadableEvent(reason: "\(error)")
    }
  }
}

/// An event that cannot be read, or not be brought to the newest version. It is parked; the projection goes on.
package struct UnreadableEvent: Error, CustomStringConvertible {
  package let reason: String
  package var description: String { reason }
}

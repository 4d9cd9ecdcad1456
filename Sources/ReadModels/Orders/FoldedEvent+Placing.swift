import Events
import JSON

extension FoldedEvent {
  /// When the order was first placed that an `order.placed` speaks of, in microseconds since 1970: what `placed_at` says
  /// where the event tells a later state of the order, else the event's own time.
  ///
  /// Never later than the event's own time: an order that is spoken of was placed. A text that is no time, or one before
  /// 1970, is passed over, since readers are open and it may have been sent before the field had a meaning.
  package var placingTime: Int64 {
    guard let text = data?["placed_at"], text.kind == .string else { return time }
    do {
      let placed = try Instant(rfc3339: text.bytes).microseconds
      return placed >= 0 ? min(placed, time) : time
    } catch {
      return time
    }
  }
}

import Events

extension Purchase {
  /// An order by what it was worth from when on; nil for one that was never placed.
  ///
  /// At each time count what had happened by then: the total that the latest placement gave, the refunds, the returns, and
  /// whether it was cancelled. Items are those of the latest placement, and placements in another currency than its are
  /// passed over. An order that is said to have been placed before any event tells of it is worth from then on what the
  /// first one says. O(n^2) in what happened to the order.
  init?(_ order: OrderState) {
    guard let placedAt = order.placedAt, let total = order.total else { return nil }
    currency = total.currency
    let times = Set(order.changeTimes.map { max($0, placedAt) }).union([placedAt]).sorted()
    var steps: [Step] = []
    for time in times {
      let step = Step(time: time, net: order.net(at: time))
      if let last = steps.last, last.net == step.net { continue }
      steps.append(step)
    }
    first = steps[0]
    later = Array(steps.dropFirst())
  }
}

extension OrderState {
  /// When the value may have changed. Microseconds since 1970, in no particular order.
  fileprivate var changeTimes: [Int64] {
    let placements = revisions.entries.map(\.stamp.time) + [placed?.stamp.time].compactMap { $0 }
    return placements + refunds.entries.map(\.value.stamp.time) + returns.entries.map(\.value.stamp.time)
      + [steps[.cancelled]].compactMap { $0 }
  }

  /// What the order was worth by what had happened at a time at which it was placed; nil if it did not count.
  fileprivate func net(at time: Int64) -> Int64? {
    guard let total = total(at: time), !isCancelled(at: time), !isFullyReturned(at: time) else { return nil }
    let refunded = refunds.entries.reduce(Int64(0)) { sum, entry in
      let isCounted = entry.value.stamp.time <= time && entry.value.value.currency == self.total?.currency
      return isCounted ? sum &+ entry.value.value.minorUnits : sum
    }
    if total > 0, refunded >= total { return nil }
    return max(0, total &- refunded)
  }

  private func isCancelled(at time: Int64) -> Bool { steps[.cancelled].map { $0 <= time } ?? false }

  private func total(at time: Int64) -> Int64? {
    guard let placed else { return nil }
    // Between being placed and what is first heard of it, an order is worth what is first heard.
    let time = max(time, (revisions.entries.first?.stamp ?? placed.stamp).time)
    if placed.stamp.time <= time { return placed.value.total.minorUnits }
    let earlier = revisions.entries.last { $0.stamp.time <= time && $0.total.currency == placed.value.total.currency }
    // Placed by then in another currency only: what it is worth in this one is what the latest placement says.
    return earlier?.total.minorUnits ?? placed.value.total.minorUnits
  }
}

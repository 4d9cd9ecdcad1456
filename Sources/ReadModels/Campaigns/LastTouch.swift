import Events

/// Credits a person's orders to campaigns: each order that counts to the campaign and variant of the last touch at or
/// before the order, if that is not older than the window.
///
/// A touch is a click, or an open by the person, of a message that names a campaign. Of touches at one time a click
/// decides before an open, and then the least campaign and variant by their bytes, none first; so the result does not
/// depend on the order in which orders and messages are added. Nothing is sorted unless there are both.
struct LastTouch {
  private var purchases: [(placedAt: Int64, net: Money)] = []
  private var messages: [(campaign: String, variant: String?, touches: TouchSet)] = []

  /// Adds an order that counts, with its net value. Microseconds since 1970.
  mutating func add(_ net: Money, placedAt: Int64) { purchases.append((placedAt, net)) }

  /// Adds a message, whatever became of it.
  mutating func add(_ message: MessageState) {
    guard !message.touches.isEmpty, let campaign = message.texts[.campaign] else { return }
    messages.append((campaign, message.texts[.variant], message.touches))
  }

  /// By campaign and variant. `window` is in microseconds; a touch that is exactly as old still counts.
  /// O((n + m) log n) for n touches and m orders.
  func credits(within window: Int64) -> [AttributedOrders] {
    guard !purchases.isEmpty, !messages.isEmpty else { return [] }
    let touches = sortedTouches()
    var credited: [(message: Int, net: Money)] = []
    for purchase in purchases {
      guard let last = Self.last(in: touches, at: purchase.placedAt),
        purchase.placedAt &- last.touch.time <= window
      else { continue }
      credited.append((last.message, purchase.net))
    }
    return sums(credited)
  }

  /// The touches of all messages, the one that decides behind all others of its time.
  private func sortedTouches() -> [(touch: Touch, message: Int)] {
    var touches: [(touch: Touch, message: Int)] = []
    for (index, message) in messages.enumerated() {
      for touch in message.touches.touches { touches.append((touch, index)) }
    }
    return touches.sorted { a, b in a.touch != b.touch ? a.touch < b.touch : order(b.message, a.message) < 0 }
  }

  private static func last(
    in touches: [(touch: Touch, message: Int)], at time: Int64
  ) -> (touch: Touch, message: Int)? {
    var (low, high) = (0, touches.count)
    while low < high {
      let middle = (low + high) / 2
      if touches[middle].touch.time <= time { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? touches[low - 1] : nil
  }

  private func sums(_ credited: [(message: Int, net: Money)]) -> [AttributedOrders] {
    var sums: [AttributedOrders] = []
    var former: Int?
    for (message, net) in credited.sorted(by: { order($0.message, $1.message) < 0 }) {
      if former.map({ order($0, message) != 0 }) ?? true {
        sums.append(AttributedOrders(campaign: messages[message].campaign, variant: messages[message].variant))
      }
      sums[sums.count - 1].orders += 1
      sums[sums.count - 1].revenue.add(net.minorUnits, to: net.currency)
      former = message
    }
    return sums
  }

  /// Negative, zero or positive as the campaign and variant of a message sort before, are, or sort behind another's.
  private func order(_ a: Int, _ b: Int) -> Int {
    if a == b { return 0 }
    let campaigns = messages[a].campaign.compareBytes(with: messages[b].campaign)
    if campaigns != 0 { return campaigns }
    guard let first = messages[a].variant else { return messages[b].variant == nil ? 0 : -1 }
    guard let second = messages[b].variant else { return 1 }
    return first.compareBytes(with: second)
  }
}

/// A span of time with one offset from UTC; seconds since 1970, `end` not included.
struct OffsetPeriod: Hashable {
  var start: Int64
  var end: Int64
  var offset: Int64
}

/// The offsets of a zone: a table of transitions, then a rule for ever. A class, so that copies of a zone are cheap.
final class OffsetPeriods: Sendable {
  /// Seconds since 1970, strictly ascending.
  private let transitions: [Int64]
  /// offsets[n] holds before transitions[n], the last one after all of them.
  private let offsets: [Int]
  /// What holds after the last transition; without a rule, the last offset.
  private let rule: DaylightSavingRule?

  init(transitions: [Int64], offsets: [Int], rule: DaylightSavingRule?) {
    precondition(offsets.count == transitions.count + 1, "there is one offset more than transitions")
    self.transitions = transitions
    self.offsets = offsets
    self.rule = rule
  }

  /// O(log transitions), no allocation.
  func period(at second: Int64) -> OffsetPeriod {
    let index = countOfTransitions(notAfter: second)
    let start = index == 0 ? Int64.min : transitions[index - 1]
    if index < transitions.count {
      return OffsetPeriod(start: start, end: transitions[index], offset: Int64(offsets[index]))
    }
    guard let rule else { return OffsetPeriod(start: start, end: .max, offset: Int64(offsets[index])) }
    var period = rule.period(at: second)
    period.start = max(period.start, start)
    return period
  }

  private func countOfTransitions(notAfter second: Int64) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func isEqual(_ other: OffsetPeriods) -> Bool {
    transitions == other.transitions && offsets == other.offsets && rule == other.rule
  }
}

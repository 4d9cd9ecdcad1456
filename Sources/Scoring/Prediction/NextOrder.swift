import Glibc

extension OrderModel {
  /// Within how many days from now the next order is as likely as not: the median. Nil where it is more likely that there
  /// is none within `daysMax`. By bisection, to a hundredth of a day.
  package func medianDaysToNextOrder(_ figures: RecencyFrequency, daysMax: Double) -> Double? {
    let alive = aliveProbability(figures)
    func isLikely(_ days: Double) -> Bool {
      1 - alive + alive * quietProbabilityWhileAlive(figures, days: days) <= 0.5
    }
    guard alive >= 0.5, isLikely(daysMax) else { return nil }
    var (low, high) = (0.0, daysMax)
    while high - low > 0.01 {
      let middle = (low + high) / 2
      if isLikely(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

import Glibc

/// ln(start + t) and 1 / (start + t) for every whole day t, so that likelihoods need no logarithm for each row.
struct DayTable {
  let logarithms: [Double]
  let inverses: [Double]

  /// `start` counts in the unit. O(days).
  init(start: Double, unit: TimeUnit, daysMax: Int) {
    let times = (0...daysMax).map { start + Double($0) / unit.days }
    logarithms = times.map { log($0) }
    inverses = times.map { 1 / $0 }
  }
}

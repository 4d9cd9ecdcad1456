/// What a model counts time in. Figures are always whole days; a model converts them, so that they cannot be mixed up.
package enum TimeUnit: String, CaseIterable, Sendable {
  case days, weeks, months

  /// How many days one is; a month is a twelfth of 365.25 days.
  package var days: Double {
    switch self {
    case .days: 1
    case .weeks: 7
    case .months: 365.25 / 12
    }
  }
}

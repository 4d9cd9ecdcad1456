/// What the simulated shop is like. The same options give the same bytes, on every machine and for ever.
///
/// Shares are fractions from 0 to 1. Turning `junk`, `repeats` or `late` up or down leaves every other byte of the
/// events as it was: each of them draws from a random stream of its own.
package struct SimulationOptions: Sendable {
  /// People who can be known by more than a cookie. Visitors who never say who they are come in addition, 25 for
  /// every 100 of these.
  package var customers = 1000
  /// Length of the simulated time. Nothing happens after it, so the last orders are still on their way.
  package var days = 90
  /// Chooses one shop out of 2^64.
  package var seed: UInt64 = 1
  /// First day, `YYYY-MM-DD`, in the shop's zone, which is +07:00 without summer time.
  package var start = "2026-01-01"
  /// Share of people who give somebody else's phone number in half of their events.
  package var sharedPhones = 0.02
  /// Share of people who use somebody else's device in a third of their visits.
  package var sharedDevices = 0.02
  /// Share of events that carry a meaningless identifier, such as `null` or `guest@`.
  package var junk = 0.005
  /// Share of events that are delivered twice, byte for byte the same.
  package var repeats = 0.01
  /// Share of events that are delivered minutes to days after they happened.
  package var late = 0.02
  /// The ISO 4217 currency of every amount. Amounts are whole numbers, as the currency has no decimals.
  package var currency: String { "VND" }

  package init() {}
}

/// Why no shop can be simulated with the given options.
package enum SimulationError: Error, Equatable, CustomStringConvertible {
  /// A number lies outside what its option allows.
  case outOfRange(option: String, given: String, allowed: String)
  /// `start` is not a date of the calendar.
  case notADate(given: String)

  package var description: String {
    switch self {
    case .outOfRange(let option, let given, let allowed):
      "simulation option \(option) is \(given); give \(allowed)"
    case .notADate(let given):
      "simulation option start is \"\(given)\"; give a date from 1970-01-02 to 9000-12-31 as YYYY-MM-DD"
    }
  }
}

extension SimulationOptions {
  /// The most people whose phone numbers stay distinct.
  static let customersMax = 10_000_000

  func validate() throws(SimulationError) {
    try check("customers", customers, in: 1...Self.customersMax)
    try check("days", days, in: 1...36_500)
    let shares = [
      ("sharedPhones", sharedPhones), ("sharedDevices", sharedDevices), ("junk", junk), ("repeats", repeats),
      ("late", late),
    ]
    for (name, share) in shares where !(share >= 0 && share <= 1) {
      throw .outOfRange(option: name, given: "\(share)", allowed: "a fraction from 0 to 1")
    }
  }

  private func check(_ name: String, _ value: Int, in allowed: ClosedRange<Int>) throws(SimulationError) {
    guard allowed.contains(value) else {
      throw .outOfRange(
        option: name, given: "\(value)", allowed: "a number from \(allowed.lowerBound) to \(allowed.upperBound)")
    }
  }
}

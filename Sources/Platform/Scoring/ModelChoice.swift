import Scoring

/// Which of several fitted models to predict with, and why.
struct ModelChoice {
  let chosen: OrderModelKind
  /// A sentence without its full stop.
  let reason: String
  /// Whether the data say that customers leave; nil where that was not compared.
  let isDropoutKnown: Bool?

  /// Twice the logarithm of the likelihood that leaving must add: the 95th percentile of the mixture of a point at 0 and
  /// chi-squared with one degree of freedom, for a parameter on its bound (Self and Liang, JASA 82, 1987).
  private static let gainMin = 2.706

  init(_ candidates: [CLVFit.Candidate], wanted: OrderModelKind?) {
    let gain = Self.gain(candidates)
    isDropoutKnown = gain.map { $0 >= Self.gainMin }
    if let wanted {
      (chosen, reason) = (wanted, "it was asked for")
    } else if let gain, gain < Self.gainMin {
      chosen = .nbd
      reason =
        "the data do not tell that customers leave (with leaving, BG/NBD gains \(Self.decimals(gain / 2)) in log-likelihood "
        + "over NBD; chance alone may gain \(Self.decimals(Self.gainMin / 2)))"
    } else if let best = Self.best(candidates, by: { $0.holdout?.rmse }), let error = best.holdout {
      chosen = best.fit.kind
      reason = "it predicts the holdout period best (RMSE \(Self.decimals(error.rmse)))"
    } else {
      chosen = (Self.best(candidates, by: { -$0.fit.estimate.logLikelihood }) ?? candidates[0]).fit.kind
      reason = "it has the highest likelihood; there is too little history for a holdout period"
    }
  }

  /// Twice what BG/NBD gains over NBD, which is BG/NBD without leaving.
  private static func gain(_ candidates: [CLVFit.Candidate]) -> Double? {
    func logLikelihood(_ kind: OrderModelKind) -> Double? {
      candidates.first { $0.fit.kind == kind }?.fit.estimate.logLikelihood
    }
    guard let with = logLikelihood(.bgNBD), let without = logLikelihood(.nbd) else { return nil }
    return 2 * max(0, with - without)
  }

  private static func best(
    _ candidates: [CLVFit.Candidate], by cost: (CLVFit.Candidate) -> Double?
  ) -> CLVFit.Candidate? {
    var best: (candidate: CLVFit.Candidate, cost: Double)?
    for candidate in candidates where candidate.fit.estimate.hasConverged {
      guard let cost = cost(candidate), cost.isFinite else { continue }
      if cost < best?.cost ?? .infinity { best = (candidate, cost) }
    }
    return best?.candidate
  }

  private static func decimals(_ number: Double) -> String { decimalText(number, decimals: 3) }
}

/// A number with so many decimals, as a reader in any country's terminal sees it.
package func decimalText(_ number: Double, decimals: Int) -> String {
  guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
  let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
  let digits = String(Int64((abs(number) * scale).rounded()))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let whole = padded.dropLast(decimals)
  let sign = number < 0 && padded.contains(where: { $0 != "0" }) ? "-" : ""
  return sign + whole + (decimals > 0 ? "." + padded.suffix(decimals) : "")
}

import Events
import JSON
import Platform
import Scoring

/// Fitted models for a reader, or as JSON.
struct FitPage {
  private let fit: CLVFit

  init(_ fit: CLVFit) { self.fit = fit }

  func writeJSON() {
    var writer = JSONWriter()
    fit.write(to: &writer)
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }

  func writeTable() {
    let basis = fit.basis
    var text =
      "\(counted(basis.customers, "customer")), \(grouped(basis.repeatCustomers)) of whom ordered on several days, "
      + "from \(basis.firstOrder.iso) to \(basis.lastOrder.iso), as of \(basis.asOf.iso). Times in \(basis.unit.rawValue).\n\n"
    text += models.rendered(on: .output)
    if let end = basis.calibrationEnd {
      text += "\nHoldout: fitted until \(end.iso), and held against the days after it.\n"
    } else {
      text += "\n"
    }
    text += "\(fit.chosen.title) is used: \(fit.reason).\n" + value
    StandardOutput.shared.write(text)
  }

  private var models: Table {
    let hasHoldout = fit.candidates.contains { $0.holdout != nil }
    let errors: [(String, Table.Alignment)] = [
      ("EXPECTED", .right), ("CAME", .right), ("MAE", .right), ("RMSE", .right), ("GINI", .right),
    ]
    var table = Table(
      [("MODEL", .left), ("LOG-LIKELIHOOD", .right)] + (hasHoldout ? errors : []) + [("PARAMETERS", .left)])
    for candidate in fit.candidates {
      let estimate = candidate.fit.estimate
      var cells = [candidate.fit.kind.title, decimalText(estimate.logLikelihood, decimals: 3)]
      if hasHoldout { cells += candidate.holdout.map { Self.cells($0) } ?? ["-", "-", "-", "-", "-"] }
      table.add(cells + [Self.parameters(estimate, candidate.fit.kind.parameterNames)])
    }
    return table
  }

  static func cells(_ errors: PredictionErrors) -> [String] {
    [
      decimalText(errors.expectedTotal, decimals: 1), decimalText(errors.actualTotal, decimals: 0),
      decimalText(errors.mae, decimals: 4), decimalText(errors.rmse, decimals: 4),
      errors.gini.map { decimalText($0, decimals: 3) } ?? "-",
    ]
  }

  /// With their standard errors, where the data tell them.
  private static func parameters(_ estimate: Estimate, _ names: [String]) -> String {
    zip(names, estimate.parameters).enumerated().map { index, pair in
      let error = estimate.standardErrors.map { " ±" + significant($0[index]) } ?? ""
      return "\(pair.0) \(significant(pair.1))\(error)"
    }.joined(separator: ", ")
  }

  private var value: String {
    let currency = fit.basis.currency
    func amount(_ number: Double) -> String { AmountFormat.text(currency.money(number)) }
    guard let gammaGamma = fit.gammaGamma else {
      return "An order is taken to be worth \(amount(fit.meanValue)), the mean of repeat orders.\n"
    }
    let correlation = fit.valueCorrelation.map { decimalText($0, decimals: 3) } ?? "-"
    let newcomer = fit.value.expectedValue(RepeatValue(repeats: 0, mean: 0))
    return
      "Value of orders: Gamma-Gamma, \(Self.parameters(gammaGamma, GammaGamma.parameterNames)), log-likelihood "
      + "\(decimalText(gammaGamma.logLikelihood, decimals: 3)); \(amount(newcomer)) from somebody of whom nothing is known. "
      + "Correlation of value with frequency: \(correlation).\n"
  }
}

/// A number with four digits that say something.
func significant(_ number: Double) -> String {
  guard number != 0, number.isFinite else { return "\(number)" }
  var (size, decimals) = (abs(number), 3)
  while size < 1, decimals < 12 { (size, decimals) = (size * 10, decimals + 1) }
  while size >= 10, decimals > 0 { (size, decimals) = (size / 10, decimals - 1) }
  return decimalText(number, decimals: decimals)
}

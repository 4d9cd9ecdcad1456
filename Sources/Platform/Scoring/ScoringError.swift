package import Events

/// Why there are no scores.
package enum ScoringError: Error, CustomStringConvertible {
  /// Nobody has an order that counts, as of a day.
  case nobody(asOf: CivilDate)
  /// Amounts of several currencies cannot be added.
  case severalCurrencies([Currency])
  /// A model of repeat orders cannot be told from so few.
  case tooFew(String)
  /// No fit is stored.
  case noFit
  /// The stored fit cannot be read.
  case unusableFit(file: String, reason: String)
  /// Somebody without an order that counts.
  case noOrders(who: String, asOf: CivilDate)
  /// A date that lies outside the data.
  case outside(String)

  package var description: String {
    switch self {
    case .nobody(let date): "nobody has an order that counts as of \(date.iso), so there is nobody to score"
    case .severalCurrencies(let currencies):
      "orders are in \(currencies.map(\.code).joined(separator: " and ")), and scores need one total: "
        + "name the shop's currency and the rates of the others in hoso.yaml (currency, rates)"
    case .tooFew(let what): what
    case .noFit: "no model is fitted yet; 'hoso clv fit' does it"
    case .unusableFit(let file, let reason): "\(file) cannot be used: \(reason); 'hoso clv fit' writes it anew"
    case .noOrders(let who, let date):
      "\(who) has no order that counts as of \(date.iso), so there is nothing to predict from"
    case .outside(let what): what
    }
  }
}

import Events
import Expressions
import Scoring

/// Fields of `profile list` that come from scores: empty for people without an order that counts, and all of `clv` while no
/// model is fitted.
extension FieldSet where Row == FoundPerson {
  static var scores: [Field<FoundPerson>] { rfm + clv }

  private static var rfm: [Field<FoundPerson>] {
    func score(_ name: String, _ title: String, _ part: @escaping (RFMScore) -> Int) -> Field<FoundPerson> {
      figure("rfm." + name, title, .count) { row in
        row.scores?.rfm(row.key, row.person).map { Value(part($0.score)) } ?? .null
      }
    }
    return [
      score("r", "R", \.r), score("f", "F", \.f), score("m", "M", \.m), score("fm", "FM", \.fm),
      figure("rfm.segment", "SEGMENT", .text) { Value($0.scores?.rfm($0.key, $0.person)?.segment) },
    ]
  }

  private static var clv: [Field<FoundPerson>] {
    func field(
      _ name: String, _ title: String, _ kind: Field<FoundPerson>.Kind, _ part: @escaping (PersonForecast) -> Value
    ) -> Field<FoundPerson> {
      figure(name, title, kind) { row in row.scores?.forecast(row.key, row.person).map(part) ?? .null }
    }
    return [
      field("clv", "CLV", .money) { Value($0.residual) },
      field("clv.historic", "HISTORIC", .money) { Value($0.historic) },
      field("clv.total", "TOTAL VALUE", .money) { Value($0.total) },
      field("clv.p_alive", "ALIVE", .ratio) { Value(decimal: $0.pAlive) },
      field("clv.expected_orders_30", "IN 30 DAYS", .count) { Value(decimal: $0.expectedOrders(days: 30)) },
      field("clv.expected_orders_90", "IN 90 DAYS", .count) { Value(decimal: $0.expectedOrders(days: 90)) },
      field("clv.expected_orders_365", "IN 365 DAYS", .count) { Value(decimal: $0.expectedOrders(days: 365)) },
      field("clv.churn_risk", "CHURN RISK", .ratio) { Value(decimal: $0.churnRisk) },
      field("clv.order_value", "ORDER VALUE", .money) { Value($0.orderValue) },
      field("clv.next_order", "NEXT ORDER", .text) { Value($0.nextOrder?.iso) },
    ]
  }

  /// Whether one of some names is that of a field that comes from scores.
  package static func asksForScores(_ names: some Sequence<String>) -> Bool {
    names.contains { $0 == "clv" || $0.hasPrefix("clv.") || $0.hasPrefix("rfm.") }
  }
}

extension Value {
  /// A number that is no money, with four decimals.
  fileprivate init(decimal number: Double) { self.init(ExactDecimal(decimalText(number, decimals: 4))) }
}

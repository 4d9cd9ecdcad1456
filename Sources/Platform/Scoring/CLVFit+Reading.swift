import Events
import JSON
import Scoring

extension CLVFit {
  /// Why a text is no stored fit.
  struct Malformed: Error, CustomStringConvertible { let description: String }

  /// Reads back what `write` wrote. Throws `Malformed`, or what the parser throws.
  init(json text: String) throws {
    let parser = JSONParser()
    let root = try parser.parse(text.utf8)
    let format = try root.count("format")
    guard format == Self.format else { throw Malformed(description: "it is of form \(format), not \(Self.format)") }
    basis = try Basis(root)
    candidates = try OrderModelKind.allCases.compactMap { kind in
      guard let model = root[kind.rawValue] else { return nil }
      let fit = OrderModelFit(
        kind: kind, unit: try Basis(root).unit, estimate: try Estimate(model, kind.parameterNames))
      return Candidate(fit: fit, holdout: nil, seconds: try model.number("fit_seconds"))
    }
    let name = try root.text("model")
    guard let kind = OrderModelKind(rawValue: name), candidates.contains(where: { $0.fit.kind == kind }) else {
      throw Malformed(description: "its model '\(name)' is not in it")
    }
    chosen = kind
    reason = try root.text("reason")
    let value = root["gamma_gamma"].flatMap { $0.kind == .null ? nil : $0 }
    gammaGamma = try value.map { try Estimate($0, GammaGamma.parameterNames) }
    meanValue = try root.number("mean_value")
    valueCorrelation = root["value_correlation"].flatMap { $0.double }
    warnings = root["warnings"]?.elements.compactMap(\.string) ?? []
    seconds = try root.number("seconds")
  }
}

extension CLVFit.Basis {
  fileprivate init(_ root: JSONValue) throws {
    guard let unit = TimeUnit(rawValue: try root.text("unit")), let currency = Currency(try root.text("currency"))
    else {
      throw CLVFit.Malformed(description: "its unit or its currency is unknown")
    }
    self.init(
      asOf: try root.date("as_of"), unit: unit, currency: currency, customers: try root.count("customers"),
      repeatCustomers: try root.count("repeat_customers"), firstOrder: try root.date("first_order"),
      lastOrder: try root.date("last_order"), position: UInt64(try root.count("position")),
      calibrationEnd: root["calibration_end"]?.string.flatMap { CivilDate(iso: $0) })
  }
}

extension Estimate {
  fileprivate init(_ value: JSONValue, _ names: [String]) throws {
    let parameters = try names.map { try value.number($0) }
    guard parameters.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw CLVFit.Malformed(description: "a parameter is not above zero")
    }
    let rows = value["covariance"]?.elements.map { $0.elements.compactMap(\.double) } ?? []
    let isWhole = rows.count == names.count && rows.allSatisfy { $0.count == names.count }
    self.init(
      parameters: parameters, logLikelihood: try value.number("log_likelihood"),
      covariance: isWhole ? Matrix(rows) : nil, hasConverged: value["converged"]?.bool ?? false,
      evaluations: try value.count("evaluations"))
  }
}

extension JSONValue {
  var double: Double? { numberText.flatMap { Double($0) } }

  fileprivate func number(_ name: String) throws -> Double {
    guard let number = self[name]?.double else { throw CLVFit.Malformed(description: "'\(name)' is missing") }
    return number
  }

  fileprivate func count(_ name: String) throws -> Int {
    guard let number = self[name]?.numberText.flatMap({ Int($0) }), number >= 0 else {
      throw CLVFit.Malformed(description: "'\(name)' is missing")
    }
    return number
  }

  fileprivate func text(_ name: String) throws -> String {
    guard let text = self[name]?.string else { throw CLVFit.Malformed(description: "'\(name)' is missing") }
    return text
  }

  fileprivate func date(_ name: String) throws -> CivilDate {
    guard let date = CivilDate(iso: try text(name)) else {
      throw CLVFit.Malformed(description: "'\(name)' is no date")
    }
    return date
  }
}

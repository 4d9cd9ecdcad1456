import Events
package import JSON
import Scoring

extension CLVFit {
  /// Raised when the file says something else than before.
  static let format = 1

  /// The fit as an object: the form of the stored file, and what `clv fit --format json` prints. Keys are storage format.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("format", Self.format)
    writer.member("as_of", basis.asOf.iso)
    writer.member("unit", basis.unit.rawValue)
    writer.member("currency", basis.currency.code)
    writer.member("customers", basis.customers)
    writer.member("repeat_customers", basis.repeatCustomers)
    writer.member("first_order", basis.firstOrder.iso)
    writer.member("last_order", basis.lastOrder.iso)
    writer.key("position")
    writer.value(basis.position)
    writer.member("calibration_end", basis.calibrationEnd?.iso)
    writer.member("model", chosen.rawValue)
    writer.member("reason", reason)
    for candidate in candidates {
      writer.key(candidate.fit.kind.rawValue)
      write(candidate.fit.estimate, candidate.fit.kind.parameterNames, to: &writer) { writer in
        writer.member("fit_seconds", candidate.seconds)
        writer.key("holdout")
        if let holdout = candidate.holdout { holdout.write(to: &writer) } else { writer.null() }
      }
    }
    writer.key("gamma_gamma")
    if let gammaGamma {
      write(gammaGamma, GammaGamma.parameterNames, to: &writer)
    } else {
      writer.null()
    }
    writer.member("mean_value", meanValue)
    writer.member("value_correlation", valueCorrelation)
    writer.key("warnings")
    writer.beginArray()
    for warning in warnings { writer.value(warning) }
    writer.endArray()
    writer.member("seconds", seconds)
    writer.endObject()
  }

  private func write(
    _ estimate: Estimate, _ names: [String], to writer: inout JSONWriter, more: (inout JSONWriter) -> Void = { _ in }
  ) {
    writer.beginObject()
    for (name, parameter) in zip(names, estimate.parameters) { writer.member(name, parameter) }
    writer.member("log_likelihood", estimate.logLikelihood)
    writer.key("converged")
    writer.value(estimate.hasConverged)
    writer.member("evaluations", estimate.evaluations)
    writer.key("standard_errors")
    if let errors = estimate.standardErrors {
      writer.beginObject()
      for (name, error) in zip(names, errors) { writer.member(name, error) }
      writer.endObject()
    } else {
      writer.null()
    }
    writer.key("covariance")
    if let covariance = estimate.covariance {
      writer.beginArray()
      for row in covariance.rows {
        writer.beginArray()
        for number in row { writer.value(number) }
        writer.endArray()
      }
      writer.endArray()
    } else {
      writer.null()
    }
    more(&writer)
    writer.endObject()
  }
}

extension PredictionErrors {
  /// As an object with the names of the command line's contract.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writeMembers(to: &writer)
    writer.endObject()
  }

  /// The members of such an object.
  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("expected_total", expectedTotal)
    writer.member("actual_total", actualTotal)
    writer.member("mae", mae)
    writer.member("rmse", rmse)
    writer.member("correlation", correlation)
    writer.member("gini", gini)
  }
}

extension JSONWriter {
  package mutating func member(_ name: StaticString, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }

  package mutating func member(_ name: StaticString, _ number: Double?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  package mutating func member(_ name: String, _ number: Double) {
    key(name)
    value(number)
  }

  package mutating func member(_ name: StaticString, _ number: Int) {
    key(name)
    value(number)
  }
}

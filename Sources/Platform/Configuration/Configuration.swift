package import Events
import ReadModels
package import Scoring
package import TimeZones

/// What a shop has decided: read from `hoso.yaml`, with defaults for everything.
package struct Configuration: Sendable {
  /// Calendar days and times in tables are those of this zone.
  package var timeZone: TimeZone
  /// The currency of totals; nil means the only one that the log holds.
  package var baseCurrency: Currency?
  /// What one unit of another currency is worth in the base currency; empty while there is none.
  package var rates: [Currency: ExactDecimal]
  /// The identifier types, the blocked values, and the region of phone numbers.
  package var identifiers: IdentifierRules
  /// How read models are built and kept.
  package var projections = ProjectionSettings()
  /// How long before an order a click or open may lie for its campaign to be credited with the order. Microseconds.
  package var attributionWindow = AttributionWindow.standard
  /// How recency, frequency and value are scored.
  package var rfm = RFMSettings()
  /// How far ahead customer lifetime value is counted, and at which discount.
  package var horizon = Horizon.standard

  /// The zone of a shop that names none.
  package static let defaultZone = "Asia/Ho_Chi_Minh"

  /// Asia/Ho_Chi_Minh, no base currency, phones of Viet Nam.
  package static func standard() throws(TimeZoneError) -> Configuration {
    Configuration(
      timeZone: try TimeZone(identifier: defaultZone), baseCurrency: nil, rates: [:], identifiers: .standard)
  }
}

/// A configuration that cannot be used: where, what, and what to write instead.
package struct ConfigurationError: Error, CustomStringConvertible {
  package let file: String
  /// From 1; 0 where the mistake is in no line.
  package let line: Int
  package let reason: String

  package var description: String { line > 0 ? "\(file):\(line): \(reason)" : "\(file): \(reason)" }
}

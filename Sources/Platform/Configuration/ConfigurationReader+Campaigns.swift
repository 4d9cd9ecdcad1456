import ReadModels
import YAML

/// The section `campaigns`: what campaigns are credited with.
extension ConfigurationReader {
  func attributionWindow(_ node: Node) throws -> Int64 {
    var window = AttributionWindow.standard
    for (key, value) in try mapping(node, "campaigns") {
      guard key.string == "attribution_window" else { throw unknown(key, in: "attribution_window") }
      guard let time = value.string.flatMap({ Self.microseconds($0) }), time <= Self.windowMax else {
        throw mistake(value, "campaigns.attribution_window must be a time such as 5 days or 12 hours, up to 365 days")
      }
      window = time
    }
    return window
  }

  private static var windowMax: Int64 { 365 * 86_400 * 1_000_000 }

  /// A whole number with a unit behind it.
  private static func microseconds(_ text: String) -> Int64? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    let hours: [String: Int64] = ["day": 24, "days": 24, "hour": 1, "hours": 1]
    guard let number = Int64(digits), number < 100_000, let factor = hours[String(unit)] else { return nil }
    return number * factor * 3_600 * 1_000_000
  }
}

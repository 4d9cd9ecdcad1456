import Foundation

/// The events of the coffee scenario, and the log that they make.
enum Coffee {
  /// The scenario as NDJSON.
  static let events = Result {
    let shop = try Shop()
    return try shop.hoso("simulate", "--scenario", "coffee").successful.output
  }

  /// A data directory that holds the scenario. Tests only ask it questions.
  static let shop = Result {
    let shop = try Shop()
    _ = try shop.hoso(["ingest", "-"], input: try events.get()).successful
    return shop
  }

  /// The first lines of the scenario.
  static func lines(_ count: Int) throws -> [String] {
    String(decoding: try events.get(), as: UTF8.self).split(separator: "\n").prefix(count).map(String.init)
  }
}

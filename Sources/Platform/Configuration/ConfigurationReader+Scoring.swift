import Events
import Scoring
import YAML

/// The sections `rfm` and `clv`: how people are scored.
extension ConfigurationReader {
  func rfm(_ node: Node) throws -> RFMSettings {
    var settings = RFMSettings()
    for (key, value) in try mapping(node, "rfm") {
      switch key.string {
      case "percentages":
        settings.percentages = try ascending(value, "rfm.percentages") { node in
          node.string.flatMap { Int($0) }.flatMap { (1...99).contains($0) ? $0 : nil }
        }
      case "cuts": try cuts(value, &settings)
      case "grid": settings.grid = try grid(value)
      default: throw unknown(key, in: "percentages, cuts, grid")
      }
    }
    return settings
  }

  private func cuts(_ node: Node, _ settings: inout RFMSettings) throws {
    for (key, value) in try mapping(node, "rfm.cuts") {
      switch key.string {
      case "r": settings.fixedR = try ascending(value, "rfm.cuts.r") { Self.count($0) }
      case "f": settings.fixedF = try ascending(value, "rfm.cuts.f") { Self.count($0) }
      case "m":
        settings.fixedM = try ascending(value, "rfm.cuts.m") { node in
          node.string.flatMap { ExactDecimal($0) }.flatMap { $0 >= .zero ? $0 : nil }
        }
      default: throw unknown(key, in: "r, f, m")
      }
    }
  }

  private static func count(_ node: Node) -> Int? {
    node.string.flatMap { Int($0) }.flatMap { (0...1_000_000).contains($0) ? $0 : nil }
  }

  private func ascending<Number: Comparable>(
    _ node: Node, _ what: String, _ read: (Node) -> Number?
  ) throws -> [Number] {
    let numbers = try sequence(node, what).compactMap(read)
    guard numbers.count == 4, try sequence(node, what).count == 4,
      zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw mistake(node, "\(what) must be four numbers, each larger than the one before, such as [20, 40, 60, 80]")
    }
    return numbers
  }

  /// A list of five names for each R from 5 to 1.
  private func grid(_ node: Node) throws -> RFMGrid {
    var rows: [Int: [String]] = [:]
    for (key, value) in try mapping(node, "rfm.grid") {
      guard let r = key.string.flatMap({ Int($0) }), (1...5).contains(r), rows[r] == nil else {
        throw mistake(key, "rfm.grid has a row for each R score, 5 to 1, once; '\(key.string ?? "?")' is none of them")
      }
      let names = try sequence(value, "a row of rfm.grid").map { try text($0, "the name of a segment") }
      guard names.count == 5 else {
        throw mistake(value, "row \(r) of rfm.grid has \(names.count) names; it needs 5, for FM scores 1 to 5")
      }
      rows[r] = names
    }
    guard let grid = RFMGrid((1...5).map { rows[$0] ?? [] }) else {
      let missing = (1...5).filter { rows[$0] == nil }.map(String.init).joined(separator: ", ")
      throw mistake(node, "rfm.grid needs a row for each R score; there is none for \(missing)")
    }
    return grid
  }

  func horizon(_ node: Node) throws -> Horizon {
    let standard = Horizon.standard
    var (days, rate, churnDays) = (standard.days, standard.discountRate, standard.churnDays)
    for (key, value) in try mapping(node, "clv") {
      switch key.string {
      case "horizon_days": days = try self.days(value, "clv.horizon_days")
      case "churn_days": churnDays = try self.days(value, "clv.churn_days")
      case "discount_rate":
        guard let number = value.string.flatMap({ ExactDecimal($0) }), number >= .zero, number <= ExactDecimal(10)
        else {
          throw mistake(value, "clv.discount_rate must be a number from 0 to 10, a year: 0.1 is ten per cent")
        }
        rate = number.approximation
      default: throw unknown(key, in: "horizon_days, discount_rate, churn_days")
      }
    }
    return Horizon(days: days, discountRate: rate, churnDays: churnDays)
  }

  private func days(_ node: Node, _ what: String) throws -> Int {
    guard let number = node.string.flatMap({ Int($0) }), (1...3650).contains(number) else {
      throw mistake(node, "\(what) must be a whole number from 1 to 3650")
    }
    return number
  }
}

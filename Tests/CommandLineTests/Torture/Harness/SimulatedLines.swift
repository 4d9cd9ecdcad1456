import Foundation

/// Lines of a made-up shop, with orders, some of them delivered twice.
enum SimulatedLines {
  static func make(_ count: Int) throws -> [String] {
    let shop = try Shop()
    let text = try shop.hoso("simulate", "--customers", "250", "--days", "60", "--seed", "7", "--repeats", "0.03")
      .successful.text
    let lines = text.split(separator: "\n").prefix(count).map { String($0) }
    guard lines.count == count else { throw Program.Failure(description: "only \(lines.count) events") }
    return lines
  }
}

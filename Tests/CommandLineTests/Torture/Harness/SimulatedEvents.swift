import Foundation

/// Events of a made-up shop, in the order in which they are delivered: some twice, some late.
enum SimulatedEvents {
  /// The first lines of them, and among them now and then one that cannot be taken.
  static func lines(_ count: Int, seed: UInt64, customers: Int = 400, spoiling: Bool = false) throws -> [String] {
    let shop = try Shop()
    let outcome = try shop.ask(
      "simulate", "--customers", "\(customers)", "--days", "60", "--seed", "\(seed)", "--repeats", "0.03")
    guard outcome.code == 0 else { throw Program.Failure(description: outcome.description) }
    let lines = outcome.text.split(separator: "\n").prefix(count)
    guard lines.count == count else { throw Program.Failure(description: "only \(lines.count) events were simulated") }
    return lines.enumerated().map {
      spoiling && $0.offset % 211 == 100 ? "{\"id\":\"bad \($0.offset)\"}" : String($0.element)
    }
  }

  /// Lines in so many pieces of about equal length.
  static func pieces(_ lines: [String], _ count: Int) -> [String] {
    (0..<count).map { lines[(lines.count * $0 / count)..<(lines.count * ($0 + 1) / count)].map { $0 }.joinedLines }
  }
}

import Foundation

/// One who asks all the time, and compares each answer with what was known before it was asked for.
struct CrowdReader {
  let crowd: CrowdedShop
  private static let killed = 0.2

  func ask(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var position = 0
    while !crowd.isOver {
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1: position = max(position, try status(since: position, using: &random))
      case 2: try export(using: &random)
      case 3: _ = try crowd.run(["log", "read"], killing: Self.killed, using: &random)
      default: try profiles(using: &random)
      }
    }
  }

  /// No answer goes back behind an earlier one, or behind what was acknowledged before the question.
  private func status(since earlier: Int, using random: inout SeededGenerator) throws -> Int {
    let known = crowd.knowledge
    guard let result = try crowd.run(["status", "--format", "json"], killing: Self.killed, using: &random) else {
      return 0
    }
    let answer = try result.json()
    let last = answer["last_position"].count ?? 0
    crowd.expect(last >= earlier, "\(earlier) events were there, and then \(last)")
    crowd.expect(last >= known.acknowledged, "\(known.acknowledged) were acknowledged, and there are \(last)")
    if let folded = answer["projections"][0]["position"].count {
      crowd.expect(folded >= known.folded, "\(known.folded) were folded, and the read models have \(folded)")
    } else {
      crowd.expect(known.folded == 0, "there are no read models any more")
    }
    crowd.tally.add(to: "answers")
    return last
  }

  /// Every event of the file that was acknowledged last is there.
  private func export(using random: inout SeededGenerator) throws {
    let known = crowd.knowledge
    guard let result = try crowd.run(["log", "export"], killing: Self.killed, using: &random) else { return }
    crowd.tally.add(to: "answers")
    guard let file = known.newest else { return }
    let wanted = EventIDs(try Data(contentsOf: crowd.shop.folder.appendingPathComponent(file)))
    // Ids are UUIDs, so finding the text is enough, and quicker than parsing everything.
    for id in wanted.times.keys.compactMap({ $0.split(separator: "\u{0}").last }) {
      crowd.expect(result.output.range(of: Data(id.utf8)) != nil, "\(id) of \(file) cannot be seen")
    }
  }

  /// Whoever is listed can be looked at.
  private func profiles(using random: inout SeededGenerator) throws {
    let words = ["profile", "list", "--format", "json", "--limit", "20", "--fields", "person"]
    guard let result = try crowd.run(words, killing: Self.killed, using: &random) else { return }
    let people = try result.json().list.compactMap { $0["person"].text }
    crowd.tally.add(to: "answers")
    guard let person = people.randomElement(using: &random) else { return }
    guard
      let shown = try crowd.run(
        ["profile", "show", person, "--format", "json"], killing: Self.killed, using: &random)
    else { return }
    crowd.expect(try shown.json().keys.isEmpty == false, "\(person)")
  }
}

import Foundation
import Testing

/// A file that grows in random pieces, and a program that follows it and is killed over and over.
final class FollowKillRun {
  private static let killsMax = 4
  private let file = "events.ndjson"
  private let shop: Shop
  private let tally: Tally
  private let check: DirectoryCheck
  private let content: Data
  private let known: EventIDs
  private let note: String
  private var random: SeededGenerator
  private var written = 0

  init(seed: UInt64, tally: Tally) throws {
    self.tally = tally
    note = "following, seed \(seed):"
    random = SeededGenerator(seed: seed)
    shop = try Shop()
    content = Data(try SimulatedEvents.lines(1_500, seed: seed, spoiling: true).joinedLines.utf8)
    let undisturbed = try Shop()
    try undisturbed.file(file, content)
    _ = try undisturbed.ask("ingest", "@/" + file)
    check = DirectoryCheck(shop: shop, expected: try Expectation(of: undisturbed), tally: tally)
    known = EventIDs(check.expected.export)
    try shop.file(file, "")
  }

  func run() throws {
    for _ in 0..<Self.killsMax {
      let victim = try follow()
      try grow()
      victim.signal(SIGKILL)
      let result = try victim.result()
      try #require(result.isKilled, "\(note) \(result.description)")
      tally.add(to: "kills")
      try check.afterKill(acknowledged: try acknowledged(), note)
    }
    try append(content.count - written)
    try end()
    try check.atEnd(note)
  }

  private func follow() throws -> Victim {
    let more = Bool.random(using: &random) ? ["--no-project"] : []
    return try shop.victim(["ingest", "--follow", "@/" + file] + more)
  }

  /// Adds to the file for up to a third of a second, at moments and in pieces that end anywhere.
  private func grow() throws {
    let end = Clock.now + Double.random(in: 0...0.33, using: &random)
    while Clock.now < end {
      try append(Int.random(in: 1...12_000, using: &random))
      usleep(UInt32.random(in: 0...30_000, using: &random))
    }
  }

  private func append(_ count: Int) throws {
    let end = min(content.count, written + count)
    // Bytes, since a piece may end within a character.
    let handle = try FileHandle(forWritingTo: shop.folder.appendingPathComponent(file))
    defer { handle.closeFile() }
    handle.seekToEndOfFile()
    handle.write(content[written..<end])
    written = end
  }

  /// How many events the program has said to have taken, by the place at which it would go on.
  private func acknowledged() throws -> Int {
    // What could not be taken lies in the quarantine.
    EventIDs(content.prefix(try offset())).times.keys.count { known.times[$0] != nil }
  }

  private func offset() throws -> Int {
    guard let name = shop.files(in: "data/following").first(where: { $0.hasSuffix(".json") }) else { return 0 }
    let point = try Data(contentsOf: shop.folder.appendingPathComponent("data/following/" + name))
    return try Answer(parsing: point)["offset"].count ?? 0
  }

  /// Follows the file to its end, and ends in order.
  private func end() throws {
    let victim = try follow()
    var rounds = 0
    while try offset() < content.count, rounds < 2_000 {
      usleep(10_000)
      rounds += 1
    }
    #expect(try offset() == content.count, "\(note) not all is taken")
    victim.signal(SIGTERM)
    let result = try victim.result()
    #expect(result.code == 0 || result.code == 3, "\(note) \(result.description)")
  }
}

import Foundation
import Testing

/// A small shop whose files are damaged, and what the program says of it while they are whole.
struct DamagedShop: Sendable {
  /// What a whole shop answers.
  struct Answers: Sendable {
    let export: Data
    let logDigest: String
    let projectionDigest: String
    /// Answers to questions that are asked of the read models.
    let listings: [Data]
  }

  /// Files of events that are in no log yet.
  static let more = (8..<11).map { "\($0)" }
  static let log = "data/log.mdb"
  static let generation = "data/projections/1.mdb"
  /// Questions to the read models whose answers every table has a part in.
  static let questions = [
    ["profile", "list", "--format", "json"], ["order", "list", "--format", "json"],
    ["products", "--format", "json"], ["identity", "shared", "--format", "json"],
  ]

  private let template: Shop
  /// As it is.
  let whole: Answers
  /// As it was when the log ended earlier.
  let earlier: Answers
  let files: [String: Data]
  let earlierFiles: [String: Data]
  /// An identifier by which somebody can be found.
  let person: String

  init(seed: UInt64) throws {
    template = try Shop()
    let pieces = SimulatedEvents.pieces(try SimulatedEvents.lines(2_400, seed: seed, spoiling: true), 11)
    for (number, piece) in pieces.enumerated() { try template.file("\(number)", piece) }
    for number in 0..<7 { _ = try template.ask("ingest", "@/\(number)") }
    (earlier, earlierFiles) = (try Self.answers(template), try Self.contents(template))
    _ = try template.ask("ingest", "@/7")
    (whole, files) = (try Self.answers(template), try Self.contents(template))
    let list = try template.ask("profile", "list", "--format", "json", "--fields", "person", "--limit", "1")
    person = try list.json()[0]["person"].text ?? ""
  }

  /// A shop with the same files, for one who damages them.
  func copy() throws -> Shop { try template.copy() }

  /// Puts the file back as it was. LMDB's lock file is removed, as whoever restores a file does.
  func restore(_ shop: Shop, _ name: String, _ content: Data? = nil) throws {
    try (content ?? files[name] ?? Data()).write(to: shop.folder.appendingPathComponent(name))
    unlink(shop.path(in: "@/" + name + "-lock"))
  }

  static func answers(_ shop: Shop) throws -> Answers {
    Answers(
      export: try shop.ask("log", "export").output, logDigest: try shop.logDigest() ?? "",
      projectionDigest: try shop.projectionDigest(),
      listings: try questions.map { try shop.victim($0).result().output })
  }

  private static func contents(_ shop: Shop) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in [log, generation] { contents[name] = try Data(contentsOf: shop.folder.appendingPathComponent(name)) }
    return contents
  }
}

import Foundation
import Testing

/// What is left when all have gone.
struct CrowdAftermath {
  let crowd: CrowdedShop
  /// A log that took the same files undisturbed may be so much smaller: programs hold snapshots while others write.
  /// It was measured to be 3 %; where one reader's slot was never cleared, the log was nine times as large after 150
  /// files, and four times after 60.
  private static let growthMax = 1.5
  private static let growthBytes = 128 << 10

  private var shop: Shop { crowd.shop }

  func check() throws {
    let note = crowd.note
    for complaint in crowd.knowledge.complaints { Issue.record("\(note) \(complaint)") }
    let taken = crowd.knowledge.taken
    let quiet = try undisturbed(taken)
    let projected = try shop.ask("project")
    #expect(projected.code == 0, "\(note) \(projected.description)")
    let contents = try #require(try LogContents(of: shop), "\(note)")
    #expect(contents.problem == nil, "\(note) \(contents.problem ?? "")")
    try compare(contents, with: quiet)
    try checkBackups(contents)
    checkGrowth(quiet)
    let verified = try shop.ask("projection", "digest", "--verify")
    #expect(verified.code == 0, "\(note) \(verified.description)")
    try FilesLeft(shop, note: note).check()
  }

  /// Another shop that took the same files one after the other.
  private func undisturbed(_ files: [String]) throws -> Shop {
    let quiet = try Shop()
    for file in files {
      let result = try quiet.ask("ingest", shop.folder.path + "/" + file, "--no-project")
      try #require(result.code == 0, "\(result.description)")
    }
    _ = try quiet.ask("project")
    return quiet
  }

  private func compare(_ contents: LogContents, with quiet: Shop) throws {
    let found = EventIDs(contents.export)
    let wanted = EventIDs(try quiet.ask("log", "export").output)
    let (lost, twice) = (wanted.missing(in: found), found.repeated)
    crowd.tally.add(lost, to: "lost")
    crowd.tally.add(twice, to: "twice")
    #expect(lost == 0 && twice == 0 && found.count == wanted.count, "\(crowd.note) \(lost) lost, \(twice) twice")
    #expect(try shop.projectionDigest() == quiet.projectionDigest(), "\(crowd.note) other read models")
  }

  /// Each has the events that there were when it was begun, or more, and nothing else.
  private func checkBackups(_ contents: LogContents) throws {
    for backup in crowd.knowledge.backups {
      let copy = try #require(try LogContents(of: shop, data: "@/" + backup.name), "\(crowd.note) \(backup.name)")
      #expect(copy.problem == nil, "\(crowd.note) \(backup.name): \(copy.problem ?? "")")
      #expect(copy.count >= backup.atLeast, "\(crowd.note) \(backup.name) lacks events")
      let isRight = copy.export == contents.export.prefix(copy.export.count)
      #expect(isRight, "\(crowd.note) \(backup.name) is of another log")
    }
  }

  /// The slots of readers that were killed are cleared, else no page that was freed since would be used again.
  private func checkGrowth(_ quiet: Shop) {
    let (bytes, least) = (size(of: shop), size(of: quiet))
    crowd.tally.raise("growth_percent", to: bytes * 100 / max(1, least))
    let most = Int(Double(least) * Self.growthMax) + Self.growthBytes
    #expect(bytes <= most, "\(crowd.note) the log has \(bytes) bytes, and undisturbed it would have \(least)")
  }

  private func size(of shop: Shop) -> Int { Moment.size(shop.path(in: "@/data/log.mdb")) }
}

import Foundation
import Testing

/// What a directory is to hold in the end: what it holds where nothing was disturbed.
struct Expectation {
  /// The events in their order, as `log export` prints them.
  let export: Data
  let logDigest: String
  let projectionDigest: String
  let rejects: Int

  /// What a shop holds now, once its read models are up to date.
  init(of shop: Shop) throws {
    _ = try shop.ask("project")
    export = try shop.ask("log", "export").output
    logDigest = try shop.logDigest() ?? ""
    projectionDigest = try shop.projectionDigest()
    rejects = try shop.json("status")["quarantined"].count ?? 0
  }
}

/// Compares a directory that was disturbed with what is expected.
struct DirectoryCheck {
  let shop: Shop
  let expected: Expectation
  let tally: Tally

  /// Whatever the moment at which a program was killed: the log is whole, has all that was acknowledged, in its order,
  /// and nothing else. Returns how many events it has.
  @discardableResult
  func afterKill(acknowledged: Int, _ note: String) throws -> Int {
    try checkBackup(note)
    guard let contents = try LogContents(of: shop) else {
      #expect(acknowledged == 0, "\(note) the log is gone")
      return 0
    }
    #expect(contents.problem == nil, "\(note) \(contents.problem ?? "")")
    #expect(contents.count >= acknowledged, "\(note) \(contents.count) of \(acknowledged) events are there")
    // Compared outside of the expectation, which would look for all differences between megabytes.
    let isRight = contents.export == expected.export.prefix(contents.export.count)
    #expect(isRight, "\(note) other events are there")
    let status = try shop.ask("status", "--format", "json")
    #expect(status.code == 0, "\(note) \(status.description)")
    return contents.count
  }

  /// A backup is whole, or is none.
  private func checkBackup(_ note: String) throws {
    guard shop.exists("target/log.mdb") else { return }
    let verified = try shop.ask("log", "verify", "--format", "json", "--data", "@/target")
    #expect(verified.code == 0, "\(note) \(verified.description)")
    #expect(try verified.json()["digest"].text == expected.logDigest, "\(note) a backup of something else")
  }

  /// Once all commands have succeeded, nothing tells that they were disturbed.
  func atEnd(_ note: String) throws {
    try afterKill(acknowledged: 0, note)
    let contents = try #require(try LogContents(of: shop), "\(note)")
    tally.add(contents.count, to: "acknowledged")
    countDifferences(contents)
    let isSame = contents.export == expected.export
    #expect(isSame, "\(note) the events are not those of an undisturbed run")
    #expect(try shop.logDigest() == expected.logDigest, "\(note)")
    #expect(try shop.json("status")["quarantined"].count == expected.rejects, "\(note) the quarantine")
    let projected = try shop.ask("project")
    #expect(projected.code == 0, "\(note) \(projected.description)")
    #expect(try shop.projectionDigest() == expected.projectionDigest, "\(note) other read models")
    try FilesLeft(shop, note: note).check()
  }

  private func countDifferences(_ contents: LogContents) {
    guard contents.export != expected.export else { return }
    let (whole, found) = (EventIDs(expected.export), EventIDs(contents.export))
    tally.add(whole.missing(in: found), to: "lost")
    tally.add(found.repeated, to: "twice")
  }
}

import Foundation
import Testing

@Suite("Limits of the system")
struct LimitTests {
  /// A shop with something to lose, and more to come.
  private struct Prepared {
    let shop: Shop
    let first, second: String

    init() throws {
      shop = try Shop()
      let lines = try SimulatedEvents.lines(180, seed: 7, customers: 250)
      (first, second) = (lines[..<60].map { $0 }.joinedLines, lines[60...].map { $0 }.joinedLines)
      _ = try shop.hoso("ingest", "-", input: first).successful
    }

    /// The program is done, or says in a line why not; nothing is lost, and afterwards it can go on.
    func check(_ outcome: Outcome, _ what: String) throws {
      #expect(outcome.status == 0 || outcome.status == 1, "\(what): \(outcome.status) \(outcome.errors)")
      if outcome.status != 0 { #expect(outcome.errors.split(separator: "\n").count == 1, "\(what): \(outcome.errors)") }
      let verified = try shop.json("log", "verify")
      #expect(verified["ok"].flag == true && (verified["events"].count ?? 0) > 50, "\(what)")
    }

    func finish() throws {
      let reference = try Shop()
      _ = try reference.hoso("ingest", "-", input: first + second).successful
      _ = try shop.hoso("ingest", "-", input: second).successful
      #expect(try shop.logDigest() == reference.logDigest())
      #expect(try shop.projectionDigest() == reference.projectionDigest())
    }
  }

  @Test("Where few files may be open, it says so and loses nothing", arguments: [4, 6, 8, 10, 12, 14])
  func openFiles(count: Int) throws {
    let prepared = try Prepared()
    let outcome = try prepared.shop.shell(#"ulimit -n \#(count); "$hoso" ingest -"#, input: prepared.second)
    // With fewer the program's own libraries cannot be loaded.
    if outcome.status != 127 { try prepared.check(outcome, "\(count) files") }
    try prepared.finish()
  }

  @Test("Where address space is short, it says so and loses nothing")
  func addressSpace() throws {
    let prepared = try Prepared()
    for (kibibytes, status) in [(600_000, 1), (1 << 30 + 1 << 20, 1), (6 << 30, 0)] as [(Int, Int32)] {
      let outcome = try prepared.shop.shell(#"ulimit -v \#(kibibytes); "$hoso" ingest -"#, input: prepared.second)
      #expect(outcome.status == status, "\(kibibytes) KiB: \(outcome.status) \(outcome.errors)")
      try prepared.check(outcome, "\(kibibytes) KiB")
    }
    try prepared.finish()
  }

  @Test("Where files may not grow, it says so and loses nothing", arguments: [1, 40, 200, 400, 700])
  func fileSize(blocks: Int) throws {
    let prepared = try Prepared()
    let outcome = try prepared.shop.shell(#"ulimit -f \#(blocks); "$hoso" ingest -"#, input: prepared.second)
    try prepared.check(outcome, "\(blocks) blocks")
    try prepared.finish()
  }

  @Test("A disk that is nearly full is noticed before anything is written")
  func nearlyFull() throws {
    let prepared = try Prepared()
    let variables = try Shim.environment(root: prepared.shop.folder, ["SHIM_FREE": "100000"])
    let outcome = try prepared.shop.hoso(["ingest", "-"], input: Data(prepared.second.utf8), environment: variables)
    #expect(outcome.status == 1 && outcome.errors.contains("bytes free"), "\(outcome.errors)")
    try prepared.check(outcome, "nearly full")
    try prepared.finish()
  }

  @Test("On a file system that is read-only nothing is taken, and it says why")
  func readOnly() throws {
    let prepared = try Prepared()
    let variables = try Shim.environment(root: prepared.shop.folder, ["SHIM_READONLY": "1"])
    for words in [["ingest", "-"], ["project"], ["rebuild"]] {
      let outcome = try prepared.shop.hoso(words, input: Data(prepared.second.utf8), environment: variables)
      #expect(outcome.status == 1, "\(words): \(outcome.text)")
      #expect(outcome.errors.contains("ead-only") || outcome.errors.contains("written"), "\(words): \(outcome.errors)")
      try prepared.check(outcome, "\(words)")
    }
    try prepared.finish()
  }
}

import Foundation
import Testing

/// The command line tools that compress for these tests.
enum Compressor: String, CaseIterable, CustomTestStringConvertible {
  case gzip, zstd

  var suffix: String { self == .gzip ? ".gz" : ".zst" }
  var testDescription: String { rawValue }

  static let installed = allCases.filter { tool in
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
      .contains { access("\($0)/\(tool.rawValue)", X_OK) == 0 }
  }
}

@Suite("Compressed files", .enabled(if: !Compressor.installed.isEmpty, "neither gzip nor zstd is installed"))
struct CompressedInputTests {
  private func shopWithParts() throws -> (Shop, expected: String?) {
    let (shop, plain) = (try Shop(), try Shop())
    let lines = try Coffee.lines(400)
    try shop.file("first", Array(lines[..<150]).joinedLines)
    try shop.file("second", Array(lines[150...]).joinedLines)
    try plain.hoso("ingest", "-", input: lines.joinedLines)
    return (shop, try plain.logDigest())
  }

  @Test("A compressed file is read as what it holds", arguments: Compressor.installed)
  func wholeFile(tool: Compressor) throws {
    let (shop, expected) = try shopWithParts()
    #expect(try shop.shell("cat first second | \(tool) -c > in.ndjson\(tool.suffix)").status == 0)
    #expect(try shop.hoso("ingest", "in.ndjson\(tool.suffix)").status == 0)
    #expect(try shop.logDigest() == expected)
  }

  @Test("Compressed files that were joined end to end are read to the end of the last", arguments: Compressor.installed)
  func joinedFiles(tool: Compressor) throws {
    let (shop, expected) = try shopWithParts()
    let name = "in.ndjson\(tool.suffix)"
    #expect(
      try shop.shell("\(tool) -c < first > \(name); : | \(tool) -c >> \(name); \(tool) -c < second >> \(name)").status
        == 0)
    #expect(try shop.hoso("ingest", name).status == 0)
    #expect(try shop.logDigest() == expected)
  }

  @Test(
    "A compressed file that ends too early is an error; what was read before it is kept and named",
    arguments: Compressor.installed)
  func truncatedFile(tool: Compressor) throws {
    let (shop, expected) = try shopWithParts()
    let name = "in.ndjson\(tool.suffix)"
    // Thousands of events, so that some come before the break.
    try shop.file("all", try Coffee.events.get())
    #expect(try shop.shell("\(tool) -c < all > whole; head -c $(($(wc -c < whole) - 9)) whole > \(name)").status == 0)
    let outcome = try shop.hoso("ingest", name)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(name) && outcome.errors.contains("ends in the middle"))
    let kept = try #require(try shop.json("log", "info")["events"].count)
    #expect(kept > 0 && outcome.errors.filter { $0 != "," }.contains("\(kept) events"))
    #expect(try shop.isSound())
    let fresh = try Shop()
    #expect(try fresh.hoso("ingest", shop.folder.path + "/first", shop.folder.path + "/second").status == 0)
    #expect(try fresh.logDigest() == expected)
  }

  @Test("What a file begins with says whether it is compressed, not its name", arguments: Compressor.installed)
  func misleadingNames(tool: Compressor) throws {
    let (shop, expected) = try shopWithParts()
    #expect(try shop.shell("cat first second | \(tool) -c > packed.ndjson").status == 0)
    #expect(try shop.hoso("ingest", "packed.ndjson").status == 0)
    #expect(try shop.logDigest() == expected)
    let plain = try shop.file("plain\(tool.suffix)", SampleEvent.page("1"))
    #expect(try shop.json("ingest", plain)["accepted"].count == 1)
  }

  @Test("Compressed standard input is recognised", arguments: Compressor.installed)
  func standardInput(tool: Compressor) throws {
    let (shop, expected) = try shopWithParts()
    #expect(try shop.shell("cat first second | \(tool) -c | \"$hoso\" ingest -").status == 0)
    #expect(try shop.logDigest() == expected)
  }

  @Test("A compressed file with a damaged middle is an error that names it", arguments: Compressor.installed)
  func damaged(tool: Compressor) throws {
    let shop = try Shop()
    try shop.file("all", try Coffee.events.get())
    let name = "in.ndjson\(tool.suffix)"
    #expect(
      try shop.shell("\(tool) -c < all > \(name); printf 'damaged here' | dd of=\(name) bs=1 seek=9000 conv=notrunc")
        .status == 0)
    let outcome = try shop.hoso("ingest", name)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(name) && outcome.errors.contains(tool.rawValue))
    #expect(try shop.isSound())
  }
}

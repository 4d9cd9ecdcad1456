import Foundation
import Testing

/// LMDB takes the pages of its files as they are; some of what it reads from broken ones makes the system end the process.
@Suite("Broken pages")
struct BrokenPagesTests {
  private let shop: Shop

  init() throws {
    shop = try Shop()
    try shop.hoso("ingest", "-", input: (1...3000).map { SampleEvent.page("\($0)") }.joined())
  }

  /// Overwrites a part of every page of a file behind its two headers.
  private func breakPages(of file: String) throws {
    let place = URL(fileURLWithPath: shop.data).appendingPathComponent(file)
    var bytes = try Data(contentsOf: place)
    for page in stride(from: 2 * 4096, to: bytes.count - 4096, by: 4096) {
      bytes.replaceSubrange(page + 2000..<page + 2200, with: repeatElement(0xFF, count: 200))
      bytes.replaceSubrange(page + 10..<page + 40, with: repeatElement(0xFF, count: 30))
    }
    try bytes.write(to: place)
  }

  @Test("A generation with broken pages is not promoted, and the live one stays and answers")
  func promotion() throws {
    _ = try shop.hoso("rebuild", "--no-promote").successful
    let digest = try shop.projectionDigest()
    try breakPages(of: "projections/2.mdb")
    let outcome = try shop.hoso("projection", "promote", "2")
    #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome.status)")
    #expect(
      outcome.errors.hasPrefix("hoso: the read models are damaged: ")
        && outcome.errors.hasSuffix("; run 'hoso rebuild' (the log is not concerned)\n"), "\(outcome.errors)")
    #expect(try shop.projectionDigest() == digest)
    #expect(try shop.count("profile") == 1)
  }

  @Test("Folding the log anew tells a generation with broken pages, and removes what it was filling")
  func digest() throws {
    let folded = try shop.json("projection", "digest", "--verify")[0]["folded"].text
    #expect(folded != nil)
    try breakPages(of: "projections/1.mdb")
    let outcome = try shop.hoso("projection", "digest", "--verify")
    #expect([1, 3].contains(outcome.status), "\(outcome.status)")
    #expect(outcome.errors.contains("hoso rebuild"), "\(outcome.errors)")
    #expect(!shop.exists("data/projections/2.mdb"))
    _ = try shop.hoso("rebuild").successful
    #expect(try shop.json("projection", "digest", "--verify")[0]["folded"].text == folded)
  }

  @Test("Every command that meets broken pages says so and ends with 1", arguments: ["profile", "order"])
  func lists(list: String) throws {
    try breakPages(of: "projections/1.mdb")
    let outcome = try shop.hoso(list, "list")
    #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome.status)")
    #expect(outcome.errors.hasPrefix("hoso: ") && outcome.errors.contains("damaged"), "\(outcome.errors)")
  }

  @Test("A log with broken pages is told, ends with 3, and is not backed up")
  func log() throws {
    try breakPages(of: "log.mdb")
    let verified = try shop.json("log", "verify", status: 3)
    #expect(verified["ok"].flag == false && !verified["damage"].list.isEmpty)
    let backup = try shop.hoso("log", "backup", "copy")
    #expect(backup.status == 1 && backup.errors.contains("damaged"), "\(backup.errors)")
    #expect(!shop.exists("copy/log.mdb"))
  }

  @Test("Repairing saves every whole event, in order, and names the positions that are lost")
  func repair() throws {
    try shop.hoso("ingest", "-", input: "{")
    let original = try shop.hoso("log", "export").lines
    try breakPages(of: "log.mdb")
    let repaired = try shop.hoso("log", "repair", "saved", "--format", "json")
    #expect(repaired.status == 3, "\(repaired.errors)")
    let answer = try repaired.json
    let lost = answer["lost"].list.map { ($0["first"].count ?? 0)...($0["last"].count ?? 0) }
    let kept = (1...3000).filter { position in !lost.contains { $0.contains(position) } }
    #expect(!kept.isEmpty && kept.count == answer["events"].count && answer["last_position"].count == 3000)
    #expect(try shop.hoso("log", "export", "--data", "saved").lines == kept.map { original[$0 - 1] })
    #expect(try shop.hoso("log", "verify", "--data", "saved").status == 0)
    #expect(try shop.hoso("profile", "list", "--count", "--data", "saved").number == 1)
    #expect(try shop.hoso("log", "repair", "saved").errors.contains("has a log already"))
  }

  @Test("Repairing a whole log copies it, quarantine, configuration and channels included")
  func repairWhole() throws {
    try shop.hoso("ingest", "-", input: "{")
    try shop.hoso("init")
    try shop.file("data/channels/shopee.yaml", shop.hoso("channel", "show", "shopee").text)
    let repaired = try shop.hoso("log", "repair", "saved")
    #expect(repaired.text == "No event is lost: 3,000 events and 1 quarantined document saved in saved\n")
    #expect(repaired.status == 0, "\(repaired.errors)")
    for words in [["log", "info"], ["projection", "digest"], ["rejects", "list"]] {
      let saved = try shop.hoso(words + ["--data", "saved"]).lines.filter { !$0.hasPrefix("File") }
      #expect(try saved == shop.hoso(words).lines.filter { !$0.hasPrefix("File") }, "\(words)")
    }
    #expect(shop.exists("saved/hoso.yaml") && shop.exists("saved/channels/shopee.yaml"))
  }
}

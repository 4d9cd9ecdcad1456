import Foundation
import Testing

@Suite("Taking events in")
struct IngestTests {
  private static let counts = [
    "lines", "accepted", "duplicates", "conflicts", "quarantined", "skipped", "first_position", "last_position",
    "seconds",
  ]

  @Test("The summary in JSON has the fields that scripts rely on")
  func summary() throws {
    let shop = try Shop()
    let file = try shop.file("in.ndjson", try Coffee.lines(200).joinedLines)
    let summary = try shop.json("ingest", file)
    for field in Self.counts { #expect(summary[field].exists, "\(field)") }
    #expect(summary["lines"].count == 200 && summary["accepted"].count == 200)
    #expect(summary["first_position"].count == 1 && summary["last_position"].count == 200)
    for field in ["duplicates", "conflicts", "quarantined", "skipped"] {
      #expect(summary[field].count == 0, "\(field)")
    }
  }

  @Test("The same file a second time adds nothing and says so")
  func twice() throws {
    let shop = try Shop()
    let file = try shop.file("in.ndjson", try Coffee.lines(600).joinedLines)
    try shop.hoso("ingest", file)
    let (log, people) = (try shop.logDigest(), try shop.projectionDigest())
    let second = try shop.json("ingest", file)
    #expect(second["accepted"].count == 0 && second["duplicates"].count == 600)
    #expect(second["first_position"].isNull && second["last_position"].isNull)
    #expect(try shop.hoso("ingest", file).text.contains("600 duplicates"))
    #expect(try shop.logDigest() == log && shop.projectionDigest() == people)
  }

  @Test("Standard input is read when no file is named, with '-', and among files")
  func standardInput() throws {
    let shop = try Shop()
    let file = try shop.file("in.ndjson", SampleEvent.page("1"))
    for (arguments, accepted, id) in [
      (["ingest"], 1, "2"), (["ingest", "-"], 1, "3"), (["ingest", file, "-"], 2, "4"),
    ] {
      let outcome = try shop.hoso(arguments + ["--format", "json"], input: Data(SampleEvent.page(id).utf8))
      #expect(outcome.status == 0)
      #expect(try outcome.json["accepted"].count == accepted)
    }
    #expect(try shop.json("status")["events"].count == 4)
  }

  @Test("Several files are read in the order in which they are named")
  func severalFiles() throws {
    let (shop, whole) = (try Shop(), try Shop())
    let lines = try Coffee.lines(300)
    let files = [lines[..<100], lines[100..<250], lines[250...]].enumerated().map { index, part in
      ("\(index).ndjson", Array(part))
    }
    let paths = try files.map { try shop.file($0.0, $0.1.joinedLines) }
    #expect(try shop.hoso(["ingest"] + paths).status == 0)
    try whole.hoso("ingest", "-", input: lines.joinedLines)
    #expect(try shop.logDigest() == whole.logDigest())
  }

  @Test("--limit reads no more than so many lines, over all files")
  func limit() throws {
    let shop = try Shop()
    let file = try shop.file("in.ndjson", try Coffee.lines(10).joinedLines)
    #expect(try shop.json("ingest", file, file, "--limit", "13")["lines"].count == 13)
    #expect(try shop.json("status")["events"].count == 10)
    #expect(try shop.json("ingest", file, "--limit", "0")["lines"].count == 0)
  }

  @Test("--dry-run checks everything, writes nothing and creates no directory")
  func dryRun() throws {
    let shop = try Shop()
    let file = try shop.file("in.ndjson", SampleEvent.page("1") + "{\n" + SampleEvent.page("2"))
    let summary = try shop.json("ingest", "--dry-run", file, status: 3)
    #expect(summary["lines"].count == 3 && summary["accepted"].count == 2 && summary["quarantined"].count == 1)
    #expect(summary["first_position"].isNull)
    #expect(!shop.exists("data"))
    let outcome = try shop.hoso("ingest", "--dry-run", file)
    #expect(outcome.errors.contains("nothing was written"))
    #expect(try outcome.lines.map { try Answer(parsing: $0)["id"].text } == ["1", "2"] && !shop.exists("data"))
  }

  @Test("--no-project leaves the read models behind; 'project' brings them up to date")
  func noProject() throws {
    let shop = try Shop()
    let file = try shop.file("in.ndjson", try Coffee.lines(100).joinedLines)
    try shop.hoso("ingest", file, "--limit", "40")
    try shop.hoso("ingest", file, "--no-project")
    let behind = try shop.json("status")["projections"][0]
    #expect(behind["position"].count == 40 && behind["lag"].count == 60 && behind["state"].text == "behind")
    let listing = try shop.hoso("profile", "list", "--count")
    #expect(listing.status == 0 && listing.errors.contains("60 events behind"))
    #expect(try shop.hoso("project").status == 0)
    #expect(try shop.json("status")["projections"][0]["lag"].count == 0)
    #expect(try shop.hoso("profile", "list", "--count").errors.isEmpty)
  }

  @Test("Blank lines, blanks at the end of a line, and a last line without an end make no difference")
  func lineEnds() throws {
    let (plain, odd) = (try Shop(), try Shop())
    let events = (1...3).map { SampleEvent.page("\($0)") }
    try plain.hoso("ingest", "-", input: events.joined())
    let input =
      "\n\n" + events[0].replacing("\n", with: "\r\n") + "  \n" + events[1].replacing("\n", with: " \t\n")
      + events[2].dropLast()
    #expect(try odd.hoso("ingest", "-", input: input).status == 0)
    #expect(try odd.logDigest() == plain.logDigest())
  }

  @Test("The byte order mark that some editors put before a text is passed over")
  func byteOrderMark() throws {
    let shop = try Shop()
    #expect(try shop.hoso("ingest", "-", input: "\u{FEFF}" + SampleEvent.page("1")).status == 0)
  }
}

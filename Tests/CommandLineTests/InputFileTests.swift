import Foundation
import Testing

@Suite("Inputs that are not what they should be")
struct InputFileTests {
  @Test(
    "An empty input is no error, and the program says that there was nothing", arguments: ["", "\n", " \n\t\n\r\n"])
  func emptyInput(content: String) throws {
    let shop = try Shop()
    let outcome = try shop.hoso("ingest", try shop.file("in.ndjson", content))
    #expect(outcome.status == 0 && outcome.errors.contains("nothing to read"))
    #expect(try shop.json("status")["events"].count == 0)
    #expect(try shop.isSound())
  }

  @Test("A directory is refused with advice, and nothing is created")
  func directory() throws {
    let shop = try Shop()
    let outcome = try shop.hoso("ingest", shop.folder.path)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("is a directory") && outcome.errors.contains("*.ndjson"))
    #expect(!shop.exists("data"))
  }

  @Test("A missing file is found before any other file is read, and nothing is created")
  func missingFile() throws {
    let shop = try Shop()
    let outcome = try shop.hoso("ingest", try shop.file("in.ndjson", SampleEvent.page("1")), "missing.ndjson")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("missing.ndjson") && outcome.errors.contains("No such file"))
    #expect(outcome.output.isEmpty && !shop.exists("data"))
  }

  @Test(
    "Questions to a directory that is not there say how to make one, and make none",
    arguments: [
      ["status"], ["profile", "list"], ["profile", "show", "x"], ["order", "list"], ["log", "info"], ["log", "verify"],
      ["log", "export"],
      ["rejects", "list"], ["projection", "digest"], ["project"], ["rebuild"], ["identity", "export"],
    ])
  func noDirectory(words: [String]) throws {
    let shop = try Shop()
    let outcome = try shop.hoso(words)
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("no Hoso data") && outcome.errors.contains("hoso ingest"))
    #expect(!shop.exists("data"))
  }

  @Test("A data directory that is a file is refused")
  func dataIsFile() throws {
    let shop = try Shop()
    try shop.file("data", "not a directory")
    let outcome = try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
    #expect(outcome.status == 1 && outcome.errors.contains("not a directory"))
  }

  @Test(
    "--data, before or after the command, wins over HOSO_DATA, which wins over ./hoso-data; an empty one counts for nothing"
  )
  func dataDirectory() throws {
    let shop = try Shop()
    let event = SampleEvent.page("1")
    #expect(try shop.hoso("ingest", "-", "--data", "after", input: event).status == 0)
    #expect(try shop.hoso("--data", "before", "ingest", "-", input: event).status == 0)
    #expect(shop.exists("after/log.mdb") && shop.exists("before/log.mdb") && !shop.exists("data"))
    #expect(try shop.hoso("ingest", "-", input: event, environment: ["HOSO_DATA": ""]).status == 0)
    #expect(shop.exists("hoso-data/log.mdb") && !shop.exists("data"))
    #expect(try shop.hoso("--data", "before", "status", "--format", "json").json["events"].count == 1)
  }
}

import JSON
import Schemas
import Testing
import Upcasting

@Suite("The page docs/schemas.md")
struct DocumentationTests {
  private struct Block {
    let kind: String
    let text: String
    /// Of the section that it stands in.
    let heading: String
  }

  /// The fenced blocks of the page, in order.
  private func blocks() throws -> [Block] {
    var blocks: [Block] = []
    var heading = ""
    var open: (kind: String, lines: [Substring])?
    let page = try #require(ProjectFiles.text("docs/schemas.md"))
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if let block = open, line == "```" {
        blocks.append(Block(kind: block.kind, text: block.lines.joined(separator: "\n"), heading: heading))
        open = nil
      } else if open != nil {
        open?.lines.append(line)
      } else if line.hasPrefix("```") {
        open = (String(line.dropFirst(3)), [])
      } else if line.hasPrefix("#") {
        heading = String(line.drop { $0 == "#" || $0 == " " })
      }
    }
    return blocks
  }

  /// An example shows `data` alone where the envelope does not matter.
  private func event(_ text: String, version: Int) -> String {
    text.hasPrefix(#"{"id""#) ? text : Visits.event(text, version: version)
  }

  @Test("Every step that is shown does to the event above it what is shown below it")
  func steps() throws {
    var (step, before, shown) = ("", "", Set<String>())
    for block in try blocks() {
      switch block.kind {
      case "json step": step = block.text.split(separator: "\n").joined(separator: ", ")
      case "json before": before = block.text
      case "json after":
        let isEvent = before.hasPrefix(#"{"id""#)
        let after = block.text.split(separator: "\n").map { event(String($0), version: 2) }.joined(separator: ", ")
        try verify(step, type: isEvent ? "store.visited" : Visits.type, event(before, version: 1), after)
        #expect(step.contains("{\"\(block.heading)\": "))
        shown.insert(block.heading)
      default: break
      }
    }
    #expect(
      shown == [
        "move", "copy", "wrap", "default", "drop", "convert", "scale", "map", "split", "merge", "emit",
      ])
  }

  private func verify(_ steps: String, type: String, _ before: String, _ after: String) throws {
    let catalogue = try Visits.catalogue(type: type)
    _ = try Upcasters().adding(
      file: Visits.file(steps), name: "\(type)/2.upcast.json",
      examples: "{\"before\": \(before), \"after\": [\(after)]}",
      examplesName: "2.upcast.ndjson", catalogue: catalogue)
  }

  @Test("The type of one's own can be added as it is shown, and an event that cannot be upcast says what is shown")
  func ownType() throws {
    let blocks = try blocks()
    func text(_ kind: String) throws -> String { try #require(blocks.first { $0.kind == kind }).text }
    var catalogue = SchemaCatalogue.builtIn
    for block in blocks where block.kind == "json schema" {
      catalogue = try catalogue.adding(block.text, name: block.heading)
    }
    let upcasters = try Upcasters().adding(
      file: try text("json upcaster"), name: "store.visited/2.upcast.json",
      examples: try text("json examples"), examplesName: "2.upcast.ndjson", catalogue: catalogue)
    #expect(upcasters.chain(type: "store.visited", from: 1) == [2])
    let error = #expect(throws: UpcastError.self) {
      try upcasters.events(Visits.event(#"{"store_id":"HCM-01","stay":"long"}"#, type: "store.visited"))
    }
    #expect(try error?.description == text("text"))
  }

  @Test("The orders that are shown are valid, each in its version, and the step is that of the built-in upcaster")
  func orders() throws {
    let parser = JSONParser()
    let lines = try blocks().filter { $0.kind == "json" }.flatMap { $0.text.split(separator: "\n") }
    var versions: [Int] = []
    for line in lines {
      let event = try parser.parse(line.utf8)
      guard let data = event["data"] else {
        #expect(try builtInStep() == String(line))
        continue
      }
      versions.append(event["version"]?.numberText.flatMap(Int.init) ?? 1)
      var type = try #require(event["type"]?.string)
      let schema = try #require(type.withUTF8 { SchemaCatalogue.builtIn.schema(type: $0, version: versions.last ?? 0) })
      #expect(schema.errors(of: data, context: ValidationContext(currencyExponent: 0)) == [])
    }
    #expect(versions == [1, 2])
  }

  @Test("The event that needs no schema is of a type that has none")
  func custom() throws {
    let block = try #require(try blocks().first { $0.kind == "json custom" })
    let parser = JSONParser()
    let event = try parser.parse(block.text.utf8)
    let type = try #require(event["type"])
    #expect(EventTypeName.needsNoSchema(type.bytes) && SchemaCatalogue.builtIn.newestVersion(of: type.bytes) == nil)
  }

  private func builtInStep() throws -> String {
    let file = try #require(builtInUpcasters.first { $0.path == "order.placed/2.upcast.json" })
    let line = try #require(file.text.split(separator: "\n").first { $0.contains("wrap") })
    return String(line.drop { $0 == " " })
  }
}

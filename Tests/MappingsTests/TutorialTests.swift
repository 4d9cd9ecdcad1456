import Mappings
import Testing

@Suite("The tutorial in docs/mappings.md")
struct TutorialTests {
  private struct Block {
    let kind: String
    let text: String
  }

  /// The fenced blocks of the page, in order.
  private var blocks: [Block] {
    var blocks: [Block] = []
    var open: (kind: String, lines: [Substring])?
    for line in Project.text("docs/mappings.md").split(separator: "\n", omittingEmptySubsequences: false) {
      if let block = open, line == "```" {
        blocks.append(Block(kind: block.kind, text: block.lines.joined(separator: "\n")))
        open = nil
      } else if open != nil {
        open?.lines.append(line)
      } else if line.hasPrefix("```") {
        open = (String(line.dropFirst(3)), [])
      }
    }
    return blocks
  }

  @Test("Every mapping makes the events that are shown below it")
  func events() throws {
    var (input, mapping, shown) = ("", "", 0)
    for block in blocks {
      switch block.kind {
      case "csv", "json input": input = block.text
      case "yaml": mapping = block.text
      case "json":
        let isJSON = input.hasPrefix("{")
        let found = isJSON ? try outcomes(ofJSON: input, mapping) : try outcomes(of: input, mapping)
        #expect(
          found.filter { if case .event = $0 { true } else { false } }.map(\.shown).joined(separator: "\n")
            == block.text)
        #expect(!found.contains { if case .failed = $0 { true } else { false } })
        shown += 1
      default: break
      }
    }
    #expect(shown >= 3)
  }
}

import Testing
import YAML

@Suite("YAML")
struct ComposerTests {
  private func text(_ node: Node?) -> String {
    switch node {
    case nil: "nothing"
    case .scalar(let scalar): scalar.style == .plain ? scalar.string : "'\(scalar.string)'"
    case .sequence(let elements, _): "[" + elements.map { text($0) }.joined(separator: ", ") + "]"
    case .mapping(let pairs, _): "{" + pairs.map { text($0.key) + ": " + text($0.value) }.joined(separator: ", ") + "}"
    }
  }

  @Test(
    "Documents become nodes with their scalars as written",
    arguments: [
      ("a: 1\nb: [x, 'y', \"z\"]", "{a: 1, b: [x, 'y', 'z']}"), ("", "nothing"), ("# only a comment", "nothing"),
      ("- &k {a: 1}\n- *k", "[{a: 1}, {a: 1}]"), ("a: |\n  x\n  y\n", "{a: 'x\ny\n'}"),
      ("tên: Hà Nội", "{tên: Hà Nội}"),
      ("a:", "{a: }"), ("true", "true"),
    ])
  func documents(yaml: String, nodes: String) throws {
    #expect(text(try compose(yaml: yaml)) == nodes)
  }

  @Test("Nodes know where they begin")
  func marks() throws {
    let root = try #require(try compose(yaml: "a: 1\nbé:\n  - x\n  - y\n"))
    let pairs = try #require(root.mapping)
    #expect([pairs[1].key.mark.line, pairs[1].key.mark.column] == [2, 1])
    let second = try #require(pairs[1].value.sequence?[1].mark)
    #expect([second.line, second.column] == [4, 5])
  }

  @Test(
    "What is not one YAML document is refused with its place",
    arguments: [
      ("a: [1", 2), ("a: 1\nb: 2\na: 3", 3), ("- *nothing", 1), ("a: 1\n---\nb: 2", 2), ("a: \"x", 1), ("\tb: 1", 1),
    ])
  func refused(yaml: String, line: Int) {
    do {
      _ = try compose(yaml: yaml)
      Issue.record("\(yaml) was taken")
    } catch {
      #expect(abs(error.mark.line - line) <= 1, "\(error)")
    }
  }

  @Test("Nesting is bounded")
  func depth() {
    let deep = String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000)
    #expect(throws: YAMLError.self) { try compose(yaml: deep) }
  }

  @Test("Aliases of aliases cost no more than they say")
  func aliases() throws {
    var yaml = "a0: &a0 [x]\n"
    for level in 1...60 { yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(try compose(yaml: yaml)?.mapping?.count == 61)
  }
}

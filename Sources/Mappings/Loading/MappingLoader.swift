import Expressions
import TimeZones
import YAML

/// Reads the text of a mapping file and collects its mistakes: reading goes on behind a mistake, so that one look at a
/// file shows all of them.
struct MappingLoader {
  /// An alias stands for a copy of what it names, and copies of copies grow without bound.
  private static let nodesMax = 10_000

  let file: String
  let shop: ShopSettings
  /// The text, to find the columns of expressions in it.
  let lines: [Substring]
  private let yaml: String
  private(set) var mistakes: [MappingMistake] = []
  private var nodeCount = 0
  var columnUses: [ColumnUse] = []
  var namesAreColumns = false

  /// The names of `let` that an expression may use.
  var bindingNames: [String] = []

  init(yaml: String, file: String, shop: ShopSettings) {
    self.yaml = yaml
    self.file = file
    self.shop = shop
    lines = yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  mutating func mapping() throws(MappingFileError) -> Mapping {
    let mapping = composed().flatMap { self.mapping(from: $0) }
    let sorted = mistakes.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    guard sorted.isEmpty, let mapping else { throw MappingFileError(mistakes: sorted) }
    return mapping
  }

  private mutating func composed() -> Node? {
    do {
      if let root = try compose(yaml: yaml) { return root }
      report("the file is empty; begin with `channel:`", line: 1, column: 1)
    } catch {
      let hint = hint(at: error.mark.line)
      report("this is not YAML: \(error.reason)\(hint)", line: error.mark.line, column: error.mark.column)
    }
    return nil
  }
}

extension MappingLoader {
  mutating func report(_ message: String, line: Int, column: Int) {
    mistakes.append(MappingMistake(file: file, line: line, column: column, message: message))
  }

  mutating func report(_ message: String, at node: Node) {
    report(message, line: node.mark.line, column: node.mark.column)
  }

  private func hint(at line: Int) -> String {
    guard lines.indices.contains(line - 1), lines[line - 1].contains("=") else { return "" }
    return "; an expression with `: `, ` #`, braces, or within braces a comma stands in quotes"
  }

  /// Counts a node; false when there are too many to go on.
  mutating func visit(_ node: Node) -> Bool {
    nodeCount += 1
    if nodeCount == Self.nodesMax { report("the mapping has more than \(Self.nodesMax) parts", at: node) }
    return nodeCount < Self.nodesMax
  }
}

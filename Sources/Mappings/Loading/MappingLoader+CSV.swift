import YAML

extension MappingLoader {
  mutating func csvOptions(_ node: Node?, input: Mapping.Input?) -> CSVOptions {
    var options = CSVOptions()
    guard let node else { return options }
    if input == .json { report("`csv` is of no use in a mapping of JSON", at: node) }
    let keys = ["delimiter", "header", "columns", "encoding"]
    guard let members = members(of: node, "`csv`", allowed: keys) else { return options }
    if let delimiter = members["delimiter"].flatMap({ delimiter($0) }) { options.delimiter = delimiter }
    if let encoding = members["encoding"].flatMap({ encoding($0) }) { options.encoding = encoding }
    options.columns = members["columns"].map { columns($0) }
    checkHeader(members, node)
    return options
  }

  private mutating func delimiter(_ node: Node) -> CSVOptions.Delimiter? {
    let characters = [",", ";", "\t", "|"].compactMap { text in
      text.utf8.first.map { (name: text, choice: CSVOptions.Delimiter.character($0)) }
    }
    return choice(
      node, "`delimiter`",
      characters + [("tab", .character(UInt8(ascii: "\t"))), ("whitespace", .whitespace)])
  }

  private mutating func encoding(_ node: Node) -> CSVOptions.Encoding? {
    choice(node, "`encoding`", [("utf-8", .utf8), ("latin-1", .latin1)])
  }

  private mutating func columns(_ node: Node) -> [String] {
    var names: [String] = []
    for element in elements(of: node, "column names") ?? [] {
      guard let name = text(element, "a column's name") else { continue }
      if names.contains(name) { report("the column '\(name)' stands here a second time", at: element) }
      names.append(name)
    }
    return names
  }

  private mutating func checkHeader(_ members: [String: Node], _ node: Node) {
    let header = members["header"].flatMap { flag($0, "`header`") }
    if header == true, let columns = members["columns"] {
      report(
        "a file with a header line names its columns itself; take out `columns` or say `header: false`", at: columns)
    }
    if header == false, members["columns"] == nil {
      report("a file without a header line needs `columns`", at: node)
    }
  }
}

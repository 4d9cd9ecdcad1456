import YAML

extension ConfigurationReader {
  func flag(_ node: Node) throws -> Bool {
    switch node.string {
    case "true": return true
    case "false": return false
    default: throw mistake(node, "write true or false")
    }
  }

  func mapping(_ node: Node, _ what: String) throws -> [(key: Node, value: Node)] {
    guard let mapping = node.mapping else { throw mistake(node, "\(what) must be a mapping of keys to values") }
    return mapping
  }

  func sequence(_ node: Node, _ what: String) throws -> [Node] {
    guard let sequence = node.sequence else { throw mistake(node, "\(what) must be a list") }
    return sequence
  }

  func text(_ node: Node, _ what: String) throws -> String {
    guard let text = node.string, !text.isEmpty else { throw mistake(node, "\(what) must be a text") }
    return text
  }

  func unknown(_ key: Node, in known: String) -> ConfigurationError {
    mistake(key, "unknown key '\(key.string ?? "?")'; known are \(known)")
  }

  func mistake(_ node: Node, _ reason: String) -> ConfigurationError {
    ConfigurationError(file: file, line: node.mark.line, reason: reason)
  }
}

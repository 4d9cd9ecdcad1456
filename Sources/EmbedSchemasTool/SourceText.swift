/// The generated Swift file.
struct SourceText {
  /// One array of the file: which files it holds, and what it is.
  private struct List {
    let declaration: String
    let comment: String
    var entries = ""
  }

  /// An upcaster lies beside the schema of the version it leads to: "order.placed/2.upcast.json".
  private var upcasters = List(
    declaration: "package let builtInUpcasters",
    comment: "Path below schemas/ and text of every upcaster of a built-in type: another module reads them.")
  private var channels = List(
    declaration: "let embeddedChannels", comment: "Path below schemas/ and text of every built-in channel and its examples.")
  private var schemas = List(
    declaration: "let embeddedSchemas", comment: "Path below schemas/ and text of every schema file.")

  mutating func add(path: String, text: String) {
    // One sign more than any run in the text, so that nothing in it can end the literal or interpolate.
    let signs = String(repeating: "#", count: longestRun(of: "#", in: text) + 1)
    let entry = "  (\n    path: \(signs)\"\(path)\"\(signs),\n    text: \(signs)\"\"\"\n\(text)\n\"\"\"\(signs)\n  ),\n"
    if path.hasPrefix("channels/") {
      channels.entries += entry
    } else if path.hasSuffix(".upcast.json") {
      upcasters.entries += entry
    } else {
      schemas.entries += entry
    }
  }

  var finished: String {
    let lists = [schemas, upcasters, channels].filter { !$0.entries.isEmpty }
    return "// Generated from the folder schemas/ at build time.\n"
      + lists.map { "\n/// \($0.comment)\n\($0.declaration): [(path: String, text: String)] = [\n\($0.entries)]\n" }
      .joined()
  }

  private func longestRun(of sign: Unicode.Scalar, in text: String) -> Int {
    var (longest, current) = (0, 0)
    for scalar in text.unicodeScalars {
      current = scalar == sign ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}

/// The generated Swift file.
struct SourceText {
  private var entries = ""

  mutating func add(path: String, text: String) {
    // One sign more than any run in the text, so that nothing in it can end the literal or interpolate.
    let signs = String(repeating: "#", count: longestRun(of: "#", in: text) + 1)
    entries += "  (\n    path: \(signs)\"\(path)\"\(signs),\n    text: \(signs)\"\"\"\n\(text)\n\"\"\"\(signs)\n  ),\n"
  }

  var finished: String {
    """
    // Generated from the folder schemas/ at build time.

    /// Path below schemas/ and text of every schema file.
    let embeddedSchemas: [(path: String, text: String)] = [
    \(entries)]

    """
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

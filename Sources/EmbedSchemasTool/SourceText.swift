/// The generated Swift file.
struct SourceText {
  /// An upcaster lies beside the schema of the version it leads to: "order.placed/2.upcast.json".
  private static let upcasterSuffix = ".upcast.json"

  private var schemas = ""
  private var upcasters = ""

  mutating func add(path: String, text: String) {
    // One sign more than any run in the text, so that nothing in it can end the literal or interpolate.
    let signs = String(repeating: "#", count: longestRun(of: "#", in: text) + 1)
    let entry = "  (\n    path: \(signs)\"\(path)\"\(signs),\n    text: \(signs)\"\"\"\n\(text)\n\"\"\"\(signs)\n  ),\n"
    if path.hasSuffix(Self.upcasterSuffix) { upcasters += entry } else { schemas += entry }
  }

  var finished: String {
    """
    // Generated from the folder schemas/ at build time.

    /// Path below schemas/ and text of every schema file.
    let embeddedSchemas: [(path: String, text: String)] = [
    \(schemas)]

    /// Path below schemas/ and text of every upcaster of a built-in type: another module reads them.
    package let builtInUpcasters: [(path: String, text: String)] = [
    \(upcasters)]

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

import Expressions
import Glibc
import Testing

@Suite("Documentation")
struct DocumentationTests {
  @Test("The reference lists every function with its signature and its sentence")
  func functions() throws {
    let reference = try #require(text(of: "docs/mappings.md"))
    for function in Function.all {
      let row = "| `\(function.signature)` | \(function.summary) |"
      #expect(reference.contains(row), "docs/mappings.md lacks the row \(row)")
    }
  }

  @Test("Every function has a name in small letters and digits and a sentence that ends with a full stop")
  func sentences() {
    for function in Function.all {
      #expect(
        function.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }
          && function.signature.hasPrefix(function.name + "("))
      #expect(function.summary.hasSuffix(".") && !function.summary.contains("|"), "\(function.name)")
    }
    #expect(Set(Function.all.map(\.name)).count == Function.all.count)
  }

  /// A text of the project, found from where this file really lies.
  private func text(of path: String) -> String? {
    guard let here = realpath(#filePath, nil) else { return nil }
    defer { free(here) }
    let root = String(cString: here).split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    guard let file = fopen(root.joined(separator: "/") + "/" + path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}

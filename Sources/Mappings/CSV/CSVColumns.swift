/// The names of a file's columns. Shared by all of its rows.
package final class CSVColumns: Sendable {
  package let names: [String]
  /// The header line as it stood in the file; empty where there is none.
  package let source: [UInt8]
  private let indices: [String: Int]

  /// Throws when a name stands twice. A column without a name is allowed; no expression can ask for it.
  package init(_ names: [String], line: Int, source: [UInt8] = []) throws(CSVHeaderError) {
    self.source = source
    var indices: [String: Int] = [:]
    for (index, name) in names.enumerated() where !name.isEmpty {
      if let first = indices.updateValue(index, forKey: name) {
        throw CSVHeaderError(
          line: line, reason: "columns \(first + 1) and \(index + 1) are both named '\(name)'; give each its own name")
      }
    }
    self.names = names
    self.indices = indices
  }

  package var count: Int { names.count }

  /// Rows as a file of their own: behind the header line, where there is one.
  package func asFile(_ rows: some Sequence<UInt8>) -> [UInt8] {
    source.isEmpty ? Array(rows) : source + [0x0A] + Array(rows)
  }

  /// O(1).
  package func index(of name: String) -> Int? {
    // Comparing a few short names takes less time than hashing one.
    names.count <= Self.fewNames ? (name.isEmpty ? nil : names.firstIndex(of: name)) : indices[name]
  }

  private static let fewNames = 12
}

/// Why nothing of a file can be read: its header line is of no use.
package struct CSVHeaderError: Error, Equatable, CustomStringConvertible {
  package let line: Int
  package let reason: String

  package var description: String { "line \(line), the header: \(reason)" }
}

package import Expressions

/// One row of a file. Its cells are the record's fields; an empty cell is null, every other is a text.
package final class CSVRow: Sendable {
  package let columns: CSVColumns
  /// Where the row begins, from 1.
  package let line: Int
  /// How many lines it takes: more than one if a quoted cell holds line breaks.
  package let lineCount: Int
  /// The row's own bytes, then the contents of those cells that are written otherwise than they read.
  private let bytes: [UInt8]
  private let sourceCount: Int
  /// Start and end of each cell in `bytes`, one after the other.
  private let bounds: [UInt32]

  init(columns: CSVColumns, line: Int, lineCount: Int, cells: CSVCells) {
    self.columns = columns
    self.line = line
    self.lineCount = lineCount
    bytes = cells.bytes
    sourceCount = cells.sourceCount
    bounds = cells.bounds
  }

  /// The row as it stood in the file, without the line break at its end.
  package var source: ArraySlice<UInt8> { bytes[..<sourceCount] }

  /// The content of a cell; the row has as many as there are columns. Allocates beyond 15 bytes.
  package func cell(_ index: Int) -> String {
    String(decoding: bytes[Int(bounds[2 * index])..<Int(bounds[2 * index + 1])], as: UTF8.self)
  }
}

extension CSVRow: Record {
  package var names: [String] { columns.names }

  package func value(named name: String) -> Value {
    guard let index = columns.index(of: name) else { return .null }
    let isEmpty = bounds[2 * index] == bounds[2 * index + 1]
    return isEmpty ? .null : .text(cell(index))
  }
}

/// A row that could not be read.
package struct MalformedRow: Sendable {
  /// What is wrong and what to do.
  package let reason: String
  package let columns: CSVColumns
  /// The row as it stood in the file; of a row that is too long only its beginning.
  package let source: [UInt8]
  package let line: Int
  package let lineCount: Int
}

/// What the reader found next.
package enum CSVRecord: Sendable {
  case row(CSVRow)
  case malformed(MalformedRow)
}

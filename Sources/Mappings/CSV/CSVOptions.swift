/// How the lines of a file are split into cells.
package struct CSVOptions: Sendable, Equatable {
  package enum Delimiter: Sendable, Equatable {
    /// One ASCII character between two cells; quotes as in RFC 4180.
    case character(UInt8)
    /// Runs of blanks and tabs between two cells, and ignored at both ends; quotes are ordinary characters.
    case whitespace
  }

  package enum Encoding: Sendable, Equatable {
    case utf8
    /// ISO 8859-1: every byte is the Unicode scalar of its number.
    case latin1
  }

  package var delimiter: Delimiter
  package var encoding: Encoding
  /// The names of the columns of a file without a header line; nil when the first line names them.
  package var columns: [String]?

  package init(
    delimiter: Delimiter = .character(UInt8(ascii: ",")), encoding: Encoding = .utf8, columns: [String]? = nil
  ) {
    self.delimiter = delimiter
    self.encoding = encoding
    self.columns = columns
  }

  /// A row longer than this many bytes is refused.
  package static let rowLengthMax = 256 * 1024
}

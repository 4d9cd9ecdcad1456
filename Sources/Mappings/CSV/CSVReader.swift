/// Reads delimited text (RFC 4180) that is pushed to it in chunks of any size.
///
/// Beyond the RFC it takes a byte order mark, LF as well as CRLF, a last line without a line break, blank lines (left
/// out), and quotes within a cell that does not begin with one (kept as they are). A row that cannot be read is handed
/// over as malformed and the next row is read. A quote that never closes takes everything behind it with it: nothing
/// of it could be trusted. Memory O(longest row), which is at most `CSVOptions.rowLengthMax`.
package struct CSVReader {
  /// The columns, as soon as they are known.
  package private(set) var columns: CSVColumns?
  private let options: CSVOptions
  private var splitter: CSVRowSplitter

  /// Throws when the options name a column twice.
  /// - Parameter firstLine: the number of the first line, where it is not the first of its file.
  package init(options: CSVOptions = CSVOptions(), firstLine: Int = 1) throws(CSVHeaderError) {
    self.options = options
    if let names = options.columns { columns = try CSVColumns(names, line: 0) }
    switch options.delimiter {
    case .character(let delimiter): splitter = CSVRowSplitter(delimiter: delimiter, firstLine: firstLine)
    case .whitespace: splitter = CSVRowSplitter(delimiter: nil, firstLine: firstLine)
    }
  }

  /// Reads a chunk and hands over every row that ends in it, in order.
  ///
  /// Throws when the header line cannot be read; the reader is then of no more use. O(bytes).
  package mutating func feed(
    _ chunk: UnsafeBufferPointer<UInt8>, _ take: (CSVRecord) -> Void
  ) throws(CSVHeaderError) {
    var rows = RowInterpreter(options: options, columns: columns)
    splitter.feed(chunk) { rows.interpret($0, take) }
    columns = try rows.knownColumns()
  }

  /// Hands over the last row if no line break ended it.
  package mutating func finish(_ take: (CSVRecord) -> Void) throws(CSVHeaderError) {
    var rows = RowInterpreter(options: options, columns: columns)
    splitter.finish { rows.interpret($0, take) }
    columns = try rows.knownColumns()
  }
}

/// Makes rows of raw rows, the first of which may be the header.
private struct RowInterpreter {
  private let options: CSVOptions
  private var columns: Result<CSVColumns?, CSVHeaderError>

  init(options: CSVOptions, columns: CSVColumns?) {
    self.options = options
    self.columns = .success(columns)
  }

  func knownColumns() throws(CSVHeaderError) -> CSVColumns? { try columns.get() }

  mutating func interpret(_ raw: CSVRowSplitter.RawRow, _ take: (CSVRecord) -> Void) {
    guard case .success(let known) = columns, !isBlank(raw) else { return }
    let cells = CSVCells(raw.bytes, options, expected: known?.count ?? 0)
    if let known {
      take(record(cells, raw, known))
    } else {
      columns = header(cells, raw)
    }
  }

  private func isBlank(_ raw: CSVRowSplitter.RawRow) -> Bool {
    raw.bytes.isEmpty || options.delimiter == .whitespace && raw.bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private func header(_ cells: CSVCells, _ raw: CSVRowSplitter.RawRow) -> Result<CSVColumns?, CSVHeaderError> {
    if let mistake = mistake(cells, raw) { return .failure(CSVHeaderError(line: raw.line, reason: mistake)) }
    do throws(CSVHeaderError) {
      let names = cells.contents.map(\.withoutOuterBlanks)
      return .success(try CSVColumns(names, line: raw.line, source: Array(raw.bytes)))
    } catch {
      return .failure(error)
    }
  }

  private func record(_ cells: CSVCells, _ raw: CSVRowSplitter.RawRow, _ columns: CSVColumns) -> CSVRecord {
    var mistake = mistake(cells, raw)
    if mistake == nil, cells.count != columns.count {
      mistake =
        "the row has \(cells.count) fields where there are \(columns.count) columns; quote a delimiter within a field"
    }
    guard let mistake else {
      return .row(CSVRow(columns: columns, line: raw.line, lineCount: raw.lineCount, cells: cells))
    }
    return .malformed(
      MalformedRow(
        reason: mistake, columns: columns, source: Array(raw.bytes), line: raw.line, lineCount: raw.lineCount))
  }

  private func mistake(_ cells: CSVCells, _ raw: CSVRowSplitter.RawRow) -> String? {
    if let line = raw.unclosedQuoteLine { return "the quote that opens in line \(line) never closes; close it" }
    guard raw.isTooLong else { return cells.mistake }
    return "the row is longer than \(CSVOptions.rowLengthMax / 1024) KiB; look for a quote that is not closed"
  }
}

extension String {
  /// Without blanks and tabs at both ends.
  fileprivate var withoutOuterBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}

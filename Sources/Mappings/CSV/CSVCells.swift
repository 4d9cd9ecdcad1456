/// The cells of one row.
struct CSVCells {
  /// The row as it stood in the file, then the contents of cells that are written otherwise than they read.
  private(set) var bytes: [UInt8]
  let sourceCount: Int
  /// Start and end of each cell in `bytes`.
  private(set) var bounds: [UInt32] = []
  /// Why the cells cannot be told apart.
  private(set) var mistake: String?

  private let options: CSVOptions

  /// Splits a row. O(bytes).
  init(_ row: UnsafeBufferPointer<UInt8>, _ options: CSVOptions, expected: Int) {
    bytes = Array(row)
    sourceCount = row.count
    self.options = options
    bounds.reserveCapacity(2 * expected)
    switch options.delimiter {
    case .whitespace: splitAtBlanks(row)
    case .character(let delimiter): split(row, at: delimiter)
    }
    checkEncoding(row)
  }

  var count: Int { bounds.count / 2 }

  /// The contents, which must be valid in the file's encoding.
  var contents: [String] {
    (0..<count).map { String(decoding: bytes[Int(bounds[2 * $0])..<Int(bounds[2 * $0 + 1])], as: UTF8.self) }
  }

  private mutating func append(_ range: Range<Int>) {
    bounds.append(UInt32(range.lowerBound))
    bounds.append(UInt32(range.upperBound))
  }

  private mutating func splitAtBlanks(_ row: UnsafeBufferPointer<UInt8>) {
    var start: Int?
    for index in 0...row.count {
      let isBlank = index == row.count || row[index] == 0x20 || row[index] == 0x09
      if isBlank, let first = start { append(first..<index) }
      if isBlank != (start == nil) { start = isBlank ? nil : index }
    }
  }

  private mutating func split(_ row: UnsafeBufferPointer<UInt8>, at delimiter: UInt8) {
    var position = 0
    while true {
      let isQuoted = position < row.count && row[position] == 0x22
      position = isQuoted ? quotedCell(row, from: position, delimiter) : plainCell(row, from: position, delimiter)
      guard position < row.count else { return }
      position += 1
      // A delimiter at the end of the row has an empty cell behind it.
      if position == row.count { return append(position..<position) }
    }
  }

  private mutating func plainCell(_ row: UnsafeBufferPointer<UInt8>, from start: Int, _ delimiter: UInt8) -> Int {
    var end = start
    while end < row.count, row[end] != delimiter { end += 1 }
    append(start..<end)
    return end
  }

  /// Returns where the delimiter behind the cell is.
  private mutating func quotedCell(_ row: UnsafeBufferPointer<UInt8>, from start: Int, _ delimiter: UInt8) -> Int {
    var position = start + 1
    var hasDoubledQuotes = false
    while position < row.count {
      if row[position] == 0x22 {
        guard position + 1 < row.count, row[position + 1] == 0x22 else { break }
        hasDoubledQuotes = true
        position += 1
      }
      position += 1
    }
    appendQuoted(row, (start + 1)..<position, hasDoubledQuotes)
    let next = min(position + 1, row.count)
    guard next == row.count || row[next] == delimiter else {
      mistake = "text follows the closing quote of field \(count); write quotes within quotes twice"
      return row.count
    }
    return next
  }

  private mutating func appendQuoted(
    _ row: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ hasDoubledQuotes: Bool
  ) {
    guard hasDoubledQuotes else { return append(range) }
    let start = bytes.count
    var wasQuote = false
    for byte in row[range] {
      wasQuote = byte == 0x22 && !wasQuote
      if !wasQuote { bytes.append(byte) }
    }
    append(start..<bytes.count)
  }
}

extension CSVCells {
  private mutating func checkEncoding(_ row: UnsafeBufferPointer<UInt8>) {
    if row.allSatisfy({ $0 < 0x80 }) { return }
    switch options.encoding {
    case .latin1: for index in 0..<count { rewriteLatin1(index) }
    case .utf8:
      if String(validating: row, as: UTF8.self) == nil {
        mistake = "the row is not valid UTF-8; save the file as UTF-8 or set `encoding: latin-1`"
      }
    }
  }

  private mutating func rewriteLatin1(_ index: Int) {
    let cell = bytes[Int(bounds[2 * index])..<Int(bounds[2 * index + 1])]
    if cell.allSatisfy({ $0 < 0x80 }) { return }
    let start = bytes.count
    for byte in cell { bytes.append(contentsOf: String(Unicode.Scalar(byte)).utf8) }
    bounds[2 * index] = UInt32(start)
    bounds[2 * index + 1] = UInt32(bytes.count)
  }
}

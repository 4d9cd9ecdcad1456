import Mappings

extension FuzzTarget {
  /// The first byte chooses how cells are parted, the second where the text is cut: however it comes, its rows are the same.
  static let csv = FuzzTarget(name: "csv") {
    { input in
      guard input.count > 2 else { return }
      let options = dialects[Int(input[0]) % dialects.count]
      let text = Array(input[2...])
      let whole = FoundRows(text[...], [], options)
      let cut = text.count * Int(input[1]) / 255
      try promise(FoundRows(text[..<cut], text[cut...], options) == whole, "rows depend on a cut at \(cut)")
      if text.count <= 64 {
        for cut in 1..<text.count {
          try promise(FoundRows(text[..<cut], text[cut...], options) == whole, "rows depend on a cut at \(cut)")
        }
      }
    }
  } seeds: {
    texts.flatMap { text in (0..<UInt8(dialects.count)).map { [$0, 100] + Array(text.utf8) } }
  }

  private static let dialects: [CSVOptions] = [
    CSVOptions(), CSVOptions(delimiter: .character(0x3B), encoding: .latin1), CSVOptions(delimiter: .character(0x09)),
    CSVOptions(delimiter: .whitespace), CSVOptions(columns: ["a", "b", "c"]),
    CSVOptions(delimiter: .whitespace, encoding: .latin1, columns: ["a", "b"]),
  ]

  private static let texts = [
    "a,b,c\n1,2,3\r\n\"4\n5\",\"6\"\"7\",\n\n8,9\n", "\u{FEFF}a;b;c\n1;2;\"3", "a\tb\n1\t2\n", "  a b  \n 1\t2 \r\n",
    "\"a\",\"a\"\n",
  ]
}

/// What a reader found, with the places at which it found it.
private struct FoundRows: Equatable {
  private var rows: [[String]] = []
  private var malformed: [String] = []
  private var header: CSVHeaderError?

  init(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>, _ options: CSVOptions) {
    do throws(CSVHeaderError) {
      var reader = try CSVReader(options: options)
      for piece in [first, second] {
        try feed(Array(piece), to: &reader)
      }
      try reader.finish { note($0) }
    } catch {
      header = error
    }
  }

  private mutating func feed(_ piece: [UInt8], to reader: inout CSVReader) throws(CSVHeaderError) {
    // The closure must not capture self while the piece is borrowed.
    var found: [CSVRecord] = []
    try piece.withUnsafeBufferPointer { (bytes) throws(CSVHeaderError) in try reader.feed(bytes) { found.append($0) } }
    for record in found { note(record) }
  }

  private mutating func note(_ record: CSVRecord) {
    switch record {
    case .row(let row):
      rows.append(["\(row.line)", "\(row.lineCount)"] + (0..<row.columns.count).map { row.cell($0) })
    case .malformed(let row): malformed.append("\(row.line) \(row.lineCount) \(row.reason) \(row.source)")
    }
  }
}

import Expressions
import Mappings
import Testing

@Suite("Reading CSV")
struct CSVReaderTests {
  /// A table, the text that a writer of its own makes of it, and the line in which each row begins.
  private struct Written {
    var rows: [[String]] = []
    var lines: [Int] = []
    var text: [UInt8] = []
  }

  /// Writes random rows: cells quoted where they must be and sometimes where they need not, both kinds of line breaks, with
  /// or without a byte order mark and a line break at the end, with blank lines between.
  private func write(_ generator: inout SeededGenerator, delimiter: Character) -> Written {
    var written = Written()
    var line = 1
    let width = Int.random(in: 2...5, using: &generator)
    if Bool.random(using: &generator) { written.text += [0xEF, 0xBB, 0xBF] }
    let lineBreak = Bool.random(using: &generator) ? "\r\n" : "\n"
    let count = Int.random(in: 1...8, using: &generator)
    for index in 0...count {
      let row = (0..<width).map { index == 0 ? "c\($0)" : cell(&generator, delimiter) }
      let text = row.map { encoded($0, delimiter, &generator) }.joined(separator: String(delimiter))
      written.rows.append(row)
      written.lines.append(line)
      line += 1 + text.utf8.count { $0 == 0x0A }
      written.text += Array(text.utf8)
      guard index < count || Bool.random(using: &generator) else { continue }
      written.text += Array(lineBreak.utf8)
      if Int.random(in: 0..<5, using: &generator) == 0 {
        written.text += Array(lineBreak.utf8)
        line += 1
      }
    }
    return written
  }

  private func cell(_ generator: inout SeededGenerator, _ delimiter: Character) -> String {
    let parts = ["a", "đ", "\"", "\"\"", "\n", "\r\n", "\r", String(delimiter), " ", "", "0", "😀", "'"]
    return (0..<Int.random(in: 0...4, using: &generator)).map { _ in parts.randomElement(using: &generator) ?? "" }
      .joined()
  }

  private func encoded(_ cell: String, _ delimiter: Character, _ generator: inout SeededGenerator) -> String {
    let needsQuotes = cell.unicodeScalars.contains { scalar in
      ["\"", "\n", "\r"].contains(scalar) || String(delimiter).unicodeScalars.contains(scalar)
    }
    guard needsQuotes || Bool.random(using: &generator) else { return cell }
    var quoted = "\""
    for scalar in cell.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "\""
  }

  @Test("What any writer wrote is read back, however the bytes are cut into chunks", arguments: 0..<60)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for delimiter in [",", ";", "\t", "|"] as [Character] {
      let written = write(&generator, delimiter: delimiter)
      let options = CSVOptions(delimiter: .character(delimiter.asciiValue ?? 0))
      for sizes in [1...1, 1...3, 2...20, 1000...1000] {
        let reading = Reading(written.text, options) { Int.random(in: sizes, using: &generator) }
        let rows = reading.rows
        #expect(reading.error == nil && reading.malformed.isEmpty, "seed \(seed), chunks of \(sizes)")
        #expect(rows.map(cells) == Array(written.rows.dropFirst()), "seed \(seed), chunks of \(sizes)")
        #expect(rows.map(\.line) == Array(written.lines.dropFirst()), "seed \(seed), chunks of \(sizes)")
        #expect(rows.first.map(\.columns.names) ?? written.rows[0] == written.rows[0], "seed \(seed)")
        for (row, written) in zip(rows, zip(written.lines, written.rows).dropFirst()) {
          #expect(row.lineCount == 1 + row.source.count { $0 == 0x0A }, "seed \(seed): \(written)")
        }
      }
    }
  }

  private func cells(of row: CSVRow) -> [String] { (0..<row.columns.count).map { row.cell($0) } }

  @Test("The source of a row read alone gives the same cells", arguments: 0..<20)
  func source(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = Reading(write(&generator, delimiter: ",").text).rows
    for row in rows {
      let alone = Reading(Array(row.source), CSVOptions(columns: row.columns.names)).rows
      // A row of one empty cell would be a blank line; rows here have at least two cells.
      #expect(alone.map(cells) == [cells(of: row)], "seed \(seed)")
    }
  }

  @Test(
    "Runs of blanks and tabs part cells in whitespace mode, those at the ends do not, and quotes are plain",
    arguments: 0..<20)
  func whitespace(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let blanks = [" ", "  ", "\t", " \t "]
    var text = ""
    var rows: [[String]] = []
    for index in 0...10 {
      let row = (0..<3).map { index == 0 ? "c\($0)" : ["a", "\"", "x,y", "12"].randomElement(using: &generator) ?? "" }
      rows.append(row)
      func blank() -> String { blanks.randomElement(using: &generator) ?? " " }
      text += (Bool.random(using: &generator) ? blank() : "") + row[0] + blank() + row[1] + blank() + row[2]
      text += (Bool.random(using: &generator) ? blank() : "") + (Bool.random(using: &generator) ? "\r\n" : "\n")
      if Bool.random(using: &generator) { text += " \n" }
    }
    let reading = Reading(Array(text.utf8), CSVOptions(delimiter: .whitespace)) {
      Int.random(in: 1...7, using: &generator)
    }
    #expect(reading.malformed.isEmpty && reading.error == nil, "seed \(seed)")
    #expect(reading.rows.map(cells) == Array(rows.dropFirst()), "seed \(seed)")
  }

  @Test("Latin-1 bytes become the letters of their numbers, and the source stays as it was")
  func latin1() throws {
    let bytes: [UInt8] =
      Array("name,n\n".utf8) + [0xC9, 0x6D, 0x69, 0x6C, 0x65, 0x2C, 0x22, 0xE9, 0x22, 0x22, 0x22, 0x0A]
    let reading = Reading(bytes, CSVOptions(encoding: .latin1)) { 1 }
    #expect(reading.rows.map(cells) == [["Émile", "é\""]])
    #expect(reading.rows.first.map { Array($0.source) } == Array(bytes[7..<(bytes.count - 1)]))
    #expect(
      Reading(bytes).malformed.map(\.reason) == [
        "the row is not valid UTF-8; save the file as UTF-8 or set `encoding: latin-1`"
      ])
  }

  @Test("A row that cannot be read is named with line and reason, and the next one is read")
  func malformed() throws {
    let reading = Reading(Array("a,b\n1\n2,3,4\n\"5\"x,6\n7,8\n\"9\n\"\"\",10\n".utf8))
    #expect(reading.malformed.map(\.line) == [2, 3, 4])
    #expect(reading.malformed.map(\.lineCount) == [1, 1, 1])
    #expect(
      reading.malformed.map(\.reason) == [
        "the row has 1 fields where there are 2 columns; quote a delimiter within a field",
        "the row has 3 fields where there are 2 columns; quote a delimiter within a field",
        "text follows the closing quote of field 1; write quotes within quotes twice",
      ])
    #expect(reading.malformed.map { String(decoding: $0.source, as: UTF8.self) } == ["1", "2,3,4", "\"5\"x,6"])
    #expect(reading.rows.map(cells) == [["7", "8"], ["9\n\"", "10"]])
    #expect(reading.rows.map(\.line) == [5, 6])
    #expect(reading.rows.map(\.lineCount) == [1, 2])
  }

  @Test("A quote that never closes is named with the line in which it opened")
  func unclosedQuote() throws {
    let reading = Reading(Array("a,b\n1,2\nx\n3,\"4\n5,6\n7,8\n".utf8))
    #expect(reading.malformed.last?.reason == "the quote that opens in line 4 never closes; close it")
    #expect(reading.malformed.map(\.line) == [3, 4])
    #expect(reading.malformed.map(\.lineCount) == [1, 3])
    #expect(reading.malformed.last.map { String(decoding: $0.source, as: UTF8.self) } == "3,\"4\n5,6\n7,8\n")
  }

  @Test("A row of exactly the limit is read, one byte more is refused, and the next row is read", arguments: [0, 1])
  func limit(excess: Int) throws {
    for (opening, closing) in [("", ""), ("\"", "\"")] {
      let room = CSVOptions.rowLengthMax - 2 - opening.utf8.count * 2 + excess
      let long = opening + String(repeating: "x", count: room) + closing
      for size in [Int.max, 1000, CSVOptions.rowLengthMax] {
        let reading = Reading(Array("a,b\n1,\(long)\n3,4\n".utf8)) { size }
        #expect(reading.rows.map(\.line) == (excess == 0 ? [2, 3] : [3]))
        #expect(reading.malformed.map(\.line) == (excess == 0 ? [] : [2]))
        #expect(reading.malformed.allSatisfy { $0.reason.hasPrefix("the row is longer than 256 KiB") })
        #expect(reading.malformed.allSatisfy { $0.source.count == CSVOptions.rowLengthMax })
      }
    }
  }

  @Test("A header that names a column twice ends the reading; a column without a name does not")
  func header() throws {
    #expect(
      Reading(Array("\na, b ,a\n1,2,3\n".utf8)).error?.description
        == "line 2, the header: columns 1 and 3 are both named 'a'; give each its own name")
    #expect(Reading(Array(",b,\n1,2,3\n".utf8)).rows.map(cells) == [["1", "2", "3"]])
    #expect(Reading(Array(" a ,b\n1,2".utf8)).rows.first?.columns.names == ["a", "b"])
    #expect(Reading([]).rows.isEmpty)
    #expect(Reading(Array("1,2\n".utf8), CSVOptions(columns: ["a", "b"])).rows.map(cells) == [["1", "2"]])
    #expect(Reading([0xEF, 0xBB], CSVOptions(columns: ["a"])).malformed.count == 1)
  }

  @Test("An empty cell is null and so is a column that is not there")
  func nulls() throws {
    let row = try #require(Reading(Array("a,b,c\n,\"\", \n".utf8)).rows.first)
    #expect(row.value(named: "a").isNull && row.value(named: "b").isNull && row.value(named: "z").isNull)
    #expect(row.value(named: "c").plainText == " ")
  }
}

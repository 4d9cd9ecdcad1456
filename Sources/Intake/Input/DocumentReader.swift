import JSON
import Mappings

/// What a mapping makes of a piece of a file.
enum MappedPiece {
  case outcomes([MappingOutcome])
  /// One line that is too long to be kept whole, let alone mapped.
  case overlong(LineChunk)
}

/// Reads the documents of a file and hands them to a mapping, a piece of the file at a time.
protocol DocumentReader {
  /// What the mapping makes of the next piece; nil behind the end.
  mutating func next(_ run: MappingRun) throws -> MappedPiece?
}

/// Delimited rows.
struct RowReader: DocumentReader {
  private let file: InputFile
  private var reader: CSVReader
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var isFinished = false

  init(_ file: InputFile, _ reader: CSVReader) {
    self.file = file
    self.reader = reader
  }

  mutating func next(_ run: MappingRun) throws -> MappedPiece? {
    guard !isFinished else { return nil }
    let count = try fill()
    var outcomes: [MappingOutcome] = []
    do {
      if count > 0 {
        try buffer.withUnsafeBufferPointer {
          try reader.feed(UnsafeBufferPointer(rebasing: $0[..<count])) { outcomes += run.take($0) }
        }
      } else {
        isFinished = true
        try reader.finish { outcomes += run.take($0) }
      }
    } catch {
      throw InputError(file: file.name, reason: "\(error)")
    }
    return .outcomes(outcomes)
  }

  private mutating func fill() throws -> Int {
    try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
  }
}

/// One JSON document a line.
struct JSONLineReader: DocumentReader {
  private var lines: LineReader
  private let parser = JSONParser()

  init(_ lines: LineReader) { self.lines = lines }

  mutating func next(_ run: MappingRun) throws -> MappedPiece? {
    guard let chunk = try lines.next() else { return nil }
    if chunk.overlongBytes != nil { return .overlong(chunk) }
    var outcomes: [MappingOutcome] = []
    chunk.forEachLine { line, padded, count in
      do {
        outcomes += run.take(json: try parser.parse(padded: padded, count: count), line: line)
      } catch {
        outcomes.append(.failed(reason: "\(error)", source: Array(padded[..<count]), line: line, lineCount: 1))
      }
    }
    return .outcomes(outcomes)
  }
}

import EventLog
import Events
import Hashing
import JSON
import Mappings

/// Files whose rows or documents a mapping turns into events, read one after the other.
///
/// Rows are mapped in their order on one thread; checking the events that come of it is spread over several.
final class MappedSource: InputSource {
  let inputName: String
  private let mapping: Mapping
  private let now: @Sendable () -> Instant
  private var paths: ArraySlice<String>
  private var current: MappedFile?
  private var bytesOfFinished = 0

  init(paths: [String], mapping: Mapping, now: @escaping @Sendable () -> Instant) {
    self.paths = paths[...]
    self.mapping = mapping
    self.now = now
    inputName = mapping.name
  }

  func next() throws -> LineChunk? {
    while true {
      if current == nil {
        guard let path = paths.popFirst() else { return nil }
        current = try MappedFile(path: path, mapping: mapping, now: now())
      }
      if var chunk = try current?.next() {
        chunk.bytesTaken = bytesOfFinished + (current?.bytesTaken ?? 0)
        return chunk
      }
      bytesOfFinished += current?.bytesTaken ?? 0
      current = nil
    }
  }
}

/// One file and the state of mapping it.
private final class MappedFile {
  private let file: InputFile
  private let mapping: Mapping
  private let run: MappingRun
  private var documents: any DocumentReader
  private let now: Instant
  private var isFinished = false

  var bytesTaken: Int { file.bytesTaken }

  init(path: String, mapping: Mapping, now: Instant) throws {
    file = try InputFile(path: path)
    self.mapping = mapping
    self.now = now
    run = MappingRun(mapping, file: file.name) { bytes in bytes.withUnsafeBytes { XXH3.hash128($0).description } }
    switch mapping.input {
    case .csv: documents = RowReader(file, try CSVReader(options: mapping.csv))
    case .json: documents = JSONLineReader(LineReader(file))
    }
  }

  /// The outcomes of the next piece of the file, or nil behind its end.
  func next() throws -> LineChunk? {
    guard !isFinished else { return nil }
    switch try documents.next(run) {
    case .outcomes(let outcomes): return chunk(outcomes)
    case .overlong(let line): return line
    case nil:
      isFinished = true
      return chunk(run.finish())
    }
  }

  private func chunk(_ outcomes: [MappingOutcome]) -> LineChunk {
    var chunk = LineChunk(bytes: [], count: 0, file: file.name, firstLine: 1)
    for outcome in outcomes { chunk.add(outcome, input: mapping.name, now: now) }
    chunk.count = chunk.bytes.count
    chunk.bytes.append(contentsOf: repeatElement(0x20, count: JSONParser.padding))
    return chunk
  }
}

/// What a mapping makes of a piece of a file.
private enum MappedPiece {
  case outcomes([MappingOutcome])
  /// One line that is too long to be kept whole, let alone mapped.
  case overlong(LineChunk)
}

/// Reads the documents of a file and hands them to a mapping, a piece of the file at a time.
private protocol DocumentReader {
  /// What the mapping makes of the next piece; nil behind the end.
  mutating func next(_ run: MappingRun) throws -> MappedPiece?
}

/// Delimited rows.
private struct RowReader: DocumentReader {
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
        try buffer.withUnsafeBufferPointer { try reader.feed(UnsafeBufferPointer(rebasing: $0[..<count])) { outcomes += run.take($0) } }
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
private struct JSONLineReader: DocumentReader {
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

extension LineChunk {
  /// Adds what a mapping made of a document.
  fileprivate mutating func add(_ outcome: MappingOutcome, input: String, now: Instant) {
    switch outcome {
    case .event(let json, let lines, let lineCount):
      bytes.append(contentsOf: json)
      bytes.append(0x0A)
      origins.append(LineOrigin(line: lines.lowerBound, lineCount: lineCount))
    case .filtered(let reason, let lineCount):
      filtered[reason, default: 0] += lineCount
    case .failed(let reason, let source, let line, let lineCount):
      let reject = Reject(
        kind: .mapping, reason: reason, file: file, line: line, received: now, input: input, original: source)
      failed.append((reject, lineCount))
    }
  }
}

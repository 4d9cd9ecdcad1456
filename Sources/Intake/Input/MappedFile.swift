import EventLog
import Events
import Hashing
import JSON
import Mappings

/// One file and the state of mapping it.
final class MappedFile {
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

import Events
import Hashing
import JSON
import Mappings

/// Files of rows that a mapping turns into events, read one after the other.
///
/// Rows are mapped in their order on one thread; checking the events that come of it is spread over several.
final class RowSource: InputSource {
  let inputName: String
  private let mapping: Mapping
  private let now: @Sendable () -> Instant
  private var paths: ArraySlice<String>
  private var current: RowFile?
  private var bytesOfFinished = 0

  init(paths: [String], mapping: Mapping, now: @escaping @Sendable () -> Instant) {
    self.paths = paths[...]
    self.mapping = mapping
    self.now = now
    inputName = mapping.name
  }

  func next() throws -> InputPiece? {
    while true {
      if current == nil {
        guard let path = paths.popFirst() else { return nil }
        current = try RowFile(path: path, mapping: mapping, now: now())
      }
      if let bodies = try current?.next() {
        return .mapped(
          MappedChunk(
            bodies: bodies, file: current?.name ?? "", bytesTaken: bytesOfFinished + (current?.bytesTaken ?? 0)))
      }
      bytesOfFinished += current?.bytesTaken ?? 0
      current = nil
    }
  }
}

/// One file of rows and the state of mapping it.
private final class RowFile {
  private let file: InputFile
  private let run: MappingRun
  private var reader: CSVReader
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var isFinished = false

  var name: String { file.name }
  var bytesTaken: Int { file.bytesTaken }

  init(path: String, mapping: Mapping, now: Instant) throws {
    file = try InputFile(path: path)
    run = MappingRun(mapping, file: file.name, received: now, hash: hexadecimalDigest)
    reader = try CSVReader(options: mapping.csv)
  }

  /// What becomes of the next piece of the file, or nil behind its end.
  func next() throws -> [MappedBody]? {
    guard !isFinished else { return nil }
    let count = try fill()
    var bodies: [MappedBody] = []
    do {
      if count > 0 {
        try buffer.withUnsafeBufferPointer {
          try reader.feed(UnsafeBufferPointer(rebasing: $0[..<count])) { bodies += run.take($0) }
        }
      } else {
        isFinished = true
        try reader.finish { bodies += run.take($0) }
        bodies += run.finish()
      }
    } catch {
      throw InputError(file: file.name, reason: "\(error)")
    }
    return bodies
  }

  private func fill() throws -> Int {
    try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
  }
}

/// Files of JSON bodies that a mapping turns into events, read one after the other. Workers map them: bodies do not depend
/// on one another.
struct BodySource: InputSource {
  let inputName: String
  private let mapping: Mapping
  private var paths: ArraySlice<String>
  private var current: (file: InputFile, lines: LineReader, cutter: BodyCutter)?
  /// A line that is too long, behind a body that was handed out.
  private var overlong: LineChunk?
  private var bytesOfFinished = 0

  init(paths: [String], mapping: Mapping) {
    self.paths = paths[...]
    self.mapping = mapping
    inputName = mapping.name
  }

  mutating func next() throws -> InputPiece? {
    while true {
      if current == nil {
        guard let path = paths.popFirst() else { return nil }
        let file = try InputFile(path: path)
        current = (file, LineReader(file), BodyCutter(file: file.name, mapping: mapping))
      }
      if let piece = try pieceOfCurrent() { return piece }
      bytesOfFinished += current?.file.bytesTaken ?? 0
      current = nil
    }
  }

  private mutating func pieceOfCurrent() throws -> InputPiece? {
    if let overlong {
      self.overlong = nil
      return .lines(overlong)
    }
    while let lines = try current?.lines.next() {
      guard lines.overlongBytes != nil else {
        if let piece = piece(current?.cutter.cut(lines)) { return piece }
        continue
      }
      // A body that such a line interrupts was cut off, and comes before it.
      guard let piece = piece(current?.cutter.finish()) else { return .lines(lines) }
      overlong = lines
      return piece
    }
    return piece(current?.cutter.finish())
  }

  private func piece(_ chunk: BodyChunk?) -> InputPiece? {
    guard var chunk else { return nil }
    chunk.bytesTaken = bytesOfFinished + (current?.file.bytesTaken ?? 0)
    return .bodies(chunk)
  }
}

/// 32 hexadecimal digits that depend on nothing but the bytes (XXH3, 128 bits).
@Sendable package func hexadecimalDigest(_ bytes: [UInt8]) -> String {
  bytes.withUnsafeBytes { XXH3.hash128($0).description }
}

/// Where pieces of input come from: files one after the other, as they are or through a mapping.
protocol InputSource {
  /// How the documents are read, as a reject remembers it.
  var inputName: String { get }
  /// The next piece, or nil after the last one.
  mutating func next() throws -> InputPiece?
}

/// NDJSON files, read one after the other.
struct LineSource: InputSource {
  static let name = "ndjson"
  let inputName = LineSource.name
  private var paths: ArraySlice<String>
  private var current: (file: InputFile, reader: LineReader)?
  private var bytesOfFinished = 0
  private var linesLeft: Int

  /// `limit`: lines to read at most.
  init(paths: [String], limit: Int?) {
    self.paths = paths[...]
    linesLeft = limit ?? .max
  }

  mutating func next() throws -> InputPiece? {
    while linesLeft > 0 {
      if current == nil {
        guard let path = paths.popFirst() else { return nil }
        let file = try InputFile(path: path)
        current = (file, LineReader(file))
      }
      if var chunk = try current?.reader.next() {
        chunk.bytesTaken = bytesOfFinished + (current?.file.bytesTaken ?? 0)
        if linesLeft < .max { linesLeft -= chunk.keepLines(linesLeft) }
        return .lines(chunk)
      }
      bytesOfFinished += current?.file.bytesTaken ?? 0
      current = nil
    }
    return nil
  }
}

extension LineChunk {
  /// Cuts the chunk behind its first `limit` lines. Returns how many it has then.
  fileprivate mutating func keepLines(_ limit: Int) -> Int {
    var lines = 0
    for index in 0..<count where bytes[index] == 0x0A {
      lines += 1
      if lines == limit {
        count = index + 1
        return lines
      }
    }
    return min(limit, count > 0 && bytes[count - 1] != 0x0A ? lines + 1 : lines)
  }
}

import EventLog
import Glibc
import JSON

/// Consecutive whole lines of one input, with the padding that the parser needs behind them.
struct LineChunk {
  var bytes: [UInt8]
  /// Bytes of lines; what follows in `bytes` is padding.
  var count: Int
  var file: String
  /// The number of the first line, from 1.
  var firstLine: Int
  /// Set when the chunk is one line that was too long: how long it really was.
  var overlongBytes: Int?
  /// Where each line came from, when a mapping made them; empty when they are the input's own lines.
  var origins: [LineOrigin] = []
  /// Rows that a mapping could not turn into events.
  var failed: [(reject: Reject, lineCount: Int)] = []
  /// Rows that a mapping filtered, by reason.
  var filtered: [String: Int] = [:]
  /// Bytes of all inputs consumed up to this chunk, for progress.
  var bytesTaken = 0
}

extension LineChunk {
  /// Calls `body` with each line that is not blank: its number, its bytes with all that follows, and its length
  /// without blanks at the end.
  func forEachLine(_ body: (_ line: Int, _ padded: UnsafeBufferPointer<UInt8>, _ count: Int) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var start = 0
      var line = firstLine
      while start < count {
        let found = memchr(base + start, 0x0A, count - start)
        let end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? count
        var length = end - start
        while length > 0, Self.isBlank(base[start + length - 1]) { length -= 1 }
        if length > 0 { body(line, UnsafeBufferPointer(rebasing: bytes[start...]), length) }
        start = end + 1
        line += 1
      }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}

/// Cuts an input into chunks of whole lines. Memory is bounded by the longest line that is kept.
struct LineReader {
  /// A chunk is about this long.
  static let chunkBytes = 1 << 20
  /// Of a longer line only this much is kept.
  static let lineBytesMax = 16 << 20

  private let input: InputFile
  private var buffer: [UInt8]
  private var filled = 0
  private var line = 1
  private var isAtEnd = false

  init(_ input: InputFile) {
    self.input = input
    buffer = [UInt8](repeating: 0, count: Self.chunkBytes)
  }

  /// The next lines, or nil at the end. The last line may lack its newline.
  mutating func next() throws(InputError) -> LineChunk? {
    while true {
      if !isAtEnd, filled < buffer.count { try fill() }
      if let end = lastNewline() { return take(end + 1) }
      if isAtEnd { return filled == 0 ? nil : take(filled) }
      if filled == buffer.count {
        guard buffer.count < Self.lineBytesMax else { return try takeOverlong() }
        buffer.append(contentsOf: repeatElement(0, count: buffer.count))
      }
    }
  }

  private mutating func fill() throws(InputError) {
    let start = filled
    var count = 0
    var failure: InputError?
    let input = input
    buffer.withUnsafeMutableBytes { bytes in
      do throws(InputError) {
        count = try input.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    filled += count
    if count == 0 { isAtEnd = true }
    // Files deliver what was asked for; filling up makes chunks large whatever the decoder's pieces are.
    if count > 0, filled < buffer.count, input.byteCount > 0 { try fill() }
  }

  private func lastNewline() -> Int? {
    buffer.withUnsafeBufferPointer { $0[..<filled].lastIndex(of: 0x0A) }
  }

  private mutating func take(_ count: Int) -> LineChunk {
    var bytes = Array(buffer[..<count])
    bytes.append(contentsOf: repeatElement(0x20, count: JSONParser.padding))
    let chunk = LineChunk(bytes: bytes, count: count, file: input.name, firstLine: line)
    line += buffer[..<count].withUnsafeBufferPointer { Self.newlines($0) }
    buffer.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      memmove(base, base + count, filled - count)
    }
    filled -= count
    return chunk
  }

  private mutating func takeOverlong() throws(InputError) -> LineChunk {
    var length = filled
    let kept = Array(buffer[..<filled])
    filled = 0
    while true {
      try fill()
      if let end = buffer[..<filled].firstIndex(of: 0x0A) {
        length += end
        let number = line
        _ = take(end + 1)
        return LineChunk(bytes: kept, count: kept.count, file: input.name, firstLine: number, overlongBytes: length)
      }
      length += filled
      filled = 0
      if isAtEnd {
        return LineChunk(bytes: kept, count: kept.count, file: input.name, firstLine: line, overlongBytes: length)
      }
    }
  }

  private static func newlines(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in bytes { count &+= byte == 0x0A ? 1 : 0 }
    return count
  }
}

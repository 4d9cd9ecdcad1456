import Glibc
import JSON

/// Cuts an input into chunks of whole lines. Memory is bounded by the longest line that is kept.
struct LineReader {
  /// A chunk is about this long.
  static let chunkBytes = 1 << 20
  /// Of a longer line only this much is kept.
  static let lineBytesMax = 16 << 20

  private let input: InputFile
  private var buffer: [UInt8]
  private var filled = 0
  /// Where the last line in the buffer ends.
  private var lastNewline: Int?
  private var line = 1
  private var isAtEnd = false
  /// Why the input ended before its end. Thrown behind the whole lines that came before.
  private var failure: InputError?

  init(_ input: InputFile) {
    self.input = input
    buffer = [UInt8](repeating: 0, count: Self.chunkBytes)
  }

  /// The next lines, or nil at the end. The last line may lack its newline, unless the input fails there.
  mutating func next() throws(InputError) -> LineChunk? {
    while true {
      fill()
      if let lastNewline { return take(lastNewline + 1) }
      if let failure { throw failure }
      if isAtEnd { return filled == 0 ? nil : take(filled) }
      if filled == buffer.count {
        guard buffer.count < Self.lineBytesMax else { return try takeOverlong() }
        buffer.append(contentsOf: repeatElement(0, count: buffer.count))
      }
    }
  }

  /// Reads what there is room for. Files deliver all of it, so that chunks are large whatever the pieces of a decoder
  /// are; pipes what has arrived.
  private mutating func fill() {
    do throws(InputError) {
      while !isAtEnd, filled < buffer.count {
        let start = filled
        filled += try read()
        isAtEnd = filled == start
        lastNewline = buffer[start..<filled].lastIndex(of: 0x0A) ?? lastNewline
        if input.byteCount == 0 { return }
      }
    } catch {
      failure = error
      isAtEnd = true
    }
  }

  private mutating func read() throws(InputError) -> Int {
    let (start, input) = (filled, input)
    var span = buffer.mutableSpan
    return try span.withUnsafeMutableBytes { (bytes) throws(InputError) in
      try input.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
    }
  }

  /// Hands out the front of the buffer.
  private mutating func take(_ count: Int) -> LineChunk {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + JSONParser.padding)
    bytes.append(contentsOf: buffer[..<count])
    bytes.append(contentsOf: repeatElement(0x20, count: JSONParser.padding))
    let chunk = LineChunk(bytes: bytes, count: count, file: input.name, firstLine: line)
    drop(count)
    return chunk
  }

  private mutating func drop(_ count: Int) {
    line += buffer[..<count].withUnsafeBufferPointer { Self.newlines($0) }
    buffer.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      memmove(base, base + count, filled - count)
    }
    filled -= count
    lastNewline = lastNewline.flatMap { $0 < count ? nil : $0 - count }
  }

  /// Hands out the front of a line that fills the largest buffer, and passes over the rest of it.
  private mutating func takeOverlong() throws(InputError) -> LineChunk {
    var chunk = LineChunk(bytes: buffer, count: filled, file: input.name, firstLine: line)
    var (length, end) = (filled, Int?.none)
    while end == nil, !isAtEnd {
      filled = 0
      fill()
      end = buffer[..<filled].firstIndex(of: 0x0A)
      length += end ?? filled
    }
    if end == nil, let failure { throw failure }
    drop(end.map { $0 + 1 } ?? filled)
    chunk.overlongBytes = length
    return chunk
  }

  private static func newlines(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var (count, position) = (0, 0)
    while position < bytes.count, let found = memchr(base + position, 0x0A, bytes.count - position) {
      count += 1
      position = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
    }
    return count
  }
}

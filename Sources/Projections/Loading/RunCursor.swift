import Glibc

/// Reads one run of rows from front to back through a buffer.
final class RunCursor {
  private static let chunkBytes = 256 << 10

  private let descriptor: Int32
  private let keyBytes: Int
  /// What of the run was not read yet.
  private var rest: Range<Int>
  private var buffer: [UInt8] = []
  private var offset = 0
  /// The key and row that the cursor stands on; nil behind the last.
  private(set) var key: [UInt8]?
  private(set) var row: [UInt8] = []

  init(_ descriptor: Int32, _ run: Range<Int>, keyBytes: Int) {
    self.descriptor = descriptor
    self.keyBytes = keyBytes
    rest = run
  }

  /// Goes to the next row, or behind the last.
  func next() throws(ProjectionError) {
    guard try fill(1) else {
      key = nil
      return
    }
    let head = try take(keyBytes + 4)
    key = Array(head.prefix(keyBytes))
    let count = head.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    row = Array(try take(count))
  }

  private func take(_ count: Int) throws(ProjectionError) -> ArraySlice<UInt8> {
    guard try fill(count) else { throw .file("a temporary file ends early") }
    defer { offset += count }
    return buffer[offset..<(offset + count)]
  }

  /// Reads on until so many bytes are at hand. False if the run has fewer.
  private func fill(_ count: Int) throws(ProjectionError) -> Bool {
    guard buffer.count - offset < count else { return true }
    buffer.removeFirst(offset)
    offset = 0
    while buffer.count < count, !rest.isEmpty { try readChunk(max(count, Self.chunkBytes)) }
    return buffer.count >= count
  }

  private func readChunk(_ bytes: Int) throws(ProjectionError) {
    let wanted = min(bytes, rest.count)
    var chunk = [UInt8](repeating: 0, count: wanted)
    let count = pread(descriptor, &chunk, wanted, off_t(rest.lowerBound))
    if count < 0, errno == EINTR { return }
    guard count > 0 else { throw .file("a temporary file cannot be read: \(String(cString: strerror(errno)))") }
    buffer.append(contentsOf: chunk.prefix(count))
    rest = (rest.lowerBound + count)..<rest.upperBound
  }
}

import Glibc
import JSON

/// Consecutive whole lines of one input, with the padding that the parser needs behind them.
package struct LineChunk {
  var bytes: [UInt8]
  /// Bytes of lines; what follows in `bytes` is padding.
  var count: Int
  var file: String
  /// The number of the first line, from 1.
  var firstLine: Int
  /// Set when the chunk is one line that was too long to be kept, without padding: how long it really was.
  var overlongBytes: Int?
  /// Bytes of all inputs consumed up to this chunk, for progress.
  var bytesTaken = 0

  /// Lines of any origin; they are copied to get the padding. O(bytes).
  package init(lines: some Sequence<UInt8>, file: String, firstLine: Int = 1) {
    var bytes = Array(lines)
    let count = bytes.count
    bytes.append(contentsOf: repeatElement(0x20, count: JSONParser.padding))
    self.init(bytes: bytes, count: count, file: file, firstLine: firstLine)
  }

  init(
    bytes: [UInt8], count: Int, file: String, firstLine: Int, overlongBytes: Int? = nil, bytesTaken: Int = 0
  ) {
    self.bytes = bytes
    self.count = count
    self.file = file
    self.firstLine = firstLine
    self.overlongBytes = overlongBytes
    self.bytesTaken = bytesTaken
  }
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

import Compression
import Glibc

/// An input that could not be opened or read.
package struct InputError: Error, CustomStringConvertible {
  package let file: String
  package let reason: String

  package var description: String { "\(file): \(reason)" }
}

/// A file or standard input as a stream of bytes. What begins as zstd or gzip data does is decompressed on the way, and
/// a byte order mark at the front is passed over. O(1) memory.
package final class InputFile {
  package let name: String
  /// Size on disk, or 0 for a pipe: what progress is measured against.
  package let byteCount: Int
  /// Bytes taken from disk so far.
  package private(set) var bytesTaken = 0

  private let descriptor: Int32
  private var decoder: (any StreamDecoder)?
  private var hasBegun = false
  private var raw = [UInt8](repeating: 0, count: 1 << 17)
  private var rawRange = 0..<0
  private var isAtEnd = false

  /// Opens `path`; `-` is standard input.
  package init(path: String) throws(InputError) {
    name = path == "-" ? "<stdin>" : path
    descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw InputError(file: path, reason: "cannot be opened: \(Self.errorText(errno))") }
    var status = stat()
    fstat(descriptor, &status)
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw InputError(file: path, reason: "is a directory; name the files in it, for example \(path)/*.ndjson")
    }
    byteCount = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// Fills `buffer` from its front. Returns the number of bytes, 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if !hasBegun { try begin() }
    guard let decoder else { return rawRange.isEmpty ? try take(into: buffer) : takeBegun(into: buffer) }
    while true {
      if rawRange.isEmpty, !isAtEnd { try refill() }
      let used = try decode(decoder, into: buffer)
      rawRange = (rawRange.lowerBound + used.consumed)..<rawRange.upperBound
      if used.produced > 0 { return used.produced }
      if isAtEnd, used.consumed == 0 {
        try compressionErrors { () throws(CompressionError) in try decoder.finish() }
        return 0
      }
    }
  }

  /// Reads the first piece and sees what it is: RFC 8878 and RFC 1952 give the first bytes of zstd and gzip data.
  private func begin() throws(InputError) {
    hasBegun = true
    while rawRange.count < 4, !isAtEnd { try extend() }
    let first = raw[rawRange].prefix(4)
    if first.elementsEqual([0x28, 0xB5, 0x2F, 0xFD]) {
      decoder = ZstandardStreamDecoder()
    } else if first.starts(with: [0x1F, 0x8B]) {
      decoder = GzipStreamDecoder()
    } else if first.starts(with: [0xEF, 0xBB, 0xBF]) {
      rawRange = 3..<rawRange.upperBound
    }
    if !rawRange.isEmpty { isAtEnd = false }
  }

  /// Adds to the first piece; a pipe may hand it over byte by byte.
  private func extend() throws(InputError) {
    let held = rawRange.count
    var count = 0
    var failure: InputError?
    raw.withUnsafeMutableBytes { buffer in
      do throws(InputError) {
        count = try take(into: UnsafeMutableRawBufferPointer(rebasing: buffer[held...]))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    rawRange = 0..<(held + count)
    if count == 0 { isAtEnd = true }
  }

  /// Hands out what was read to see what the input is.
  private func takeBegun(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, rawRange.count)
    raw.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[rawRange.prefix(count)])) }
    rawRange = (rawRange.lowerBound + count)..<rawRange.upperBound
    return count
  }

  private func decode(
    _ decoder: any StreamDecoder, into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputError) -> (consumed: Int, produced: Int) {
    let (raw, range) = (raw, rawRange)
    return try compressionErrors { () throws(CompressionError) in
      try raw.span.bytes.withUnsafeBytes { (bytes) throws(CompressionError) in
        try decoder.decode(UnsafeRawBufferPointer(rebasing: bytes[range]), into: buffer)
      }
    }
  }

  private func refill() throws(InputError) {
    rawRange = 0..<0
    try extend()
  }

  private func take(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        bytesTaken += count
        return count
      }
      guard errno == EINTR else { throw InputError(file: name, reason: "cannot be read: \(Self.errorText(errno))") }
    }
  }

  private func compressionErrors<Result>(
    _ body: () throws(CompressionError) -> Result
  ) throws(InputError) -> Result {
    do {
      return try body()
    } catch {
      throw InputError(file: name, reason: error.description)
    }
  }

  static func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }
}

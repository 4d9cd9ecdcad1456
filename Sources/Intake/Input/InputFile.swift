import Compression

/// A file or standard input as a stream of bytes. What begins as zstd or gzip data does is decompressed on the way, and
/// a byte order mark in front of the content is passed over. O(1) memory.
package final class InputFile {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let source: InputDescriptor
  private var decoder: (any StreamDecoder)?
  /// What was read and neither decoded nor handed out lies in `raw` at `rawRange`.
  private var raw = [UInt8](repeating: 0, count: 1 << 17)
  private var rawRange = 0..<0
  private var isAtEnd = false
  /// The first bytes of the content, as far as they are not handed out; nil before the first read.
  private var front: ArraySlice<UInt8>?

  /// Opens `path`; `-` is standard input.
  package init(path: String) throws(InputError) { source = try InputDescriptor(path: path) }

  /// The path, or `<stdin>`.
  package var name: String { source.name }
  /// Size on disk, or 0 for a pipe: what progress is measured against.
  package var byteCount: Int { source.byteCount }
  /// Bytes taken from disk so far.
  package var bytesTaken: Int { source.bytesTaken }

  /// Fills `buffer`, which is not empty, from its front. Returns the number of bytes, 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let held = if let front { front } else { try begin() }
    let count = min(held.count, buffer.count)
    buffer.copyBytes(from: held.prefix(count))
    front = held.dropFirst(count)
    return count > 0 ? count : try content(into: buffer)
  }

  /// Sees what the input is, and how its content begins.
  private func begin() throws(InputError) -> ArraySlice<UInt8> {
    while rawRange.count < 4, !isAtEnd { try readMore() }
    decoder = Self.decoder(for: raw[rawRange])
    var bytes: [UInt8] = []
    while bytes.count < Self.byteOrderMark.count {
      var piece = [UInt8](repeating: 0, count: Self.byteOrderMark.count - bytes.count)
      var span = piece.mutableSpan
      let count = try span.withUnsafeMutableBytes { (buffer) throws(InputError) in try content(into: buffer) }
      guard count > 0 else { break }
      bytes += piece[..<count]
    }
    return bytes == Self.byteOrderMark ? [] : bytes[...]
  }

  /// RFC 8878 and RFC 1952 give the first bytes of zstd and gzip data.
  private static func decoder(for bytes: ArraySlice<UInt8>) -> (any StreamDecoder)? {
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return ZstandardStreamDecoder() }
    return bytes.starts(with: [0x1F, 0x8B]) ? GzipStreamDecoder() : nil
  }

  /// The next bytes of the content; 0 at the end.
  private func content(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    guard let decoder else { return try plainContent(into: buffer) }
    while true {
      if rawRange.isEmpty, !isAtEnd { try readMore() }
      let used = try decode(decoder, into: buffer)
      rawRange = (rawRange.lowerBound + used.consumed)..<rawRange.upperBound
      if used.produced > 0 { return used.produced }
      if isAtEnd, used.consumed == 0 {
        try compressionErrors { () throws(CompressionError) in try decoder.finish() }
        return 0
      }
    }
  }

  private func plainContent(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if rawRange.isEmpty { return isAtEnd ? 0 : try source.read(into: buffer) }
    let count = min(buffer.count, rawRange.count)
    buffer.copyBytes(from: raw[rawRange.prefix(count)])
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

  /// Adds to what is held, which begins at the front of `raw` or is nothing; a pipe may hand over byte by byte.
  private func readMore() throws(InputError) {
    let held = rawRange.count
    let source = source
    let count = try raw.withUnsafeMutableBufferPointer { (bytes) throws(InputError) in
      try source.read(into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[held...])))
    }
    rawRange = 0..<(held + count)
    isAtEnd = count == 0
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
}

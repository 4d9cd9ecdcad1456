import CZlib
import Compression
import Testing

/// Contents of all kinds: empty, one byte, repetitive, random, and larger than any buffer of the decoders.
func sample(_ generator: inout SeededGenerator) -> [UInt8] {
  switch Int.random(in: 0..<6, using: &generator) {
  case 0: return []
  case 1: return generator.bytes(1...1)
  case 2: return generator.bytes(0...5000)
  case 3: return [UInt8](repeating: 0x61, count: Int.random(in: 0...300_000, using: &generator))
  default:
    let words = (0..<20).map { _ in generator.bytes(1...12) }
    let count = Int.random(in: 0...4000, using: &generator)
    return (0..<count).flatMap { _ in words.randomElement(using: &generator) ?? [] }
  }
}

/// The content as one zstd frame.
func frame(_ content: [UInt8], level: Int = 1) throws -> [UInt8] {
  var output: [UInt8] = []
  try content.withUnsafeBytes { try ZstandardCompressor(level: level).compress($0, appendingTo: &output) }
  return output
}

/// The content as one gzip member.
func member(_ content: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  let version = ZLIB_VERSION
  let size = Int32(MemoryLayout<z_stream>.size)
  let output = try withUnsafeMutablePointer(to: &stream) { stream in
    // 16 + 15: gzip wrapper, largest window.
    try #require(deflateInit2_(stream, 6, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY, version, size) == Z_OK)
    defer { deflateEnd(stream) }
    var (input, output) = (content, [UInt8](repeating: 0, count: Int(deflateBound(stream, UInt(content.count)))))
    return try input.withUnsafeMutableBufferPointer { input in
      let count = try output.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        try #require(deflate(stream, Z_FINISH) == Z_STREAM_END)
        return output.count - Int(stream.pointee.avail_out)
      }
      return Array(output.prefix(count))
    }
  }
  return output
}

/// The compressed formats that are read as a stream.
enum StreamFormat: CaseIterable, Sendable {
  case zstandard, gzip

  func compressed(_ content: [UInt8]) throws -> [UInt8] {
    switch self {
    case .zstandard: try frame(content)
    case .gzip: try member(content)
    }
  }

  func makeDecoder() -> any StreamDecoder {
    switch self {
    case .zstandard: ZstandardStreamDecoder()
    case .gzip: GzipStreamDecoder()
    }
  }
}

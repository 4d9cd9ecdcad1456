import Compression
import Testing

@Suite("Stream decoders")
struct StreamTests {
  /// Decodes a stream that arrives in pieces of at most `inputMax` bytes, into buffers of at most `outputMax`.
  private func decode(
    _ stream: some Collection<UInt8>, _ format: StreamFormat, inputMax: Int, outputMax: Int,
    _ generator: inout SeededGenerator
  ) throws -> [UInt8] {
    let (decoder, stream) = (format.makeDecoder(), Array(stream))
    var (content, offset) = ([UInt8](), 0)
    while true {
      let pieceEnd = min(stream.count, offset + Int.random(in: 1...inputMax, using: &generator))
      var buffer = [UInt8](repeating: 0, count: Int.random(in: 1...outputMax, using: &generator))
      let used = try stream[offset..<pieceEnd].withUnsafeBytes { input in
        try buffer.withUnsafeMutableBytes { try decoder.decode(input, into: $0) }
      }
      content += buffer.prefix(used.produced)
      offset += used.consumed
      if used == (0, 0), offset == stream.count { break }
      try #require(used != (0, 0), "no progress at byte \(offset) of \(stream.count)")
    }
    try decoder.finish()
    return content
  }

  @Test(
    "Content is read back whatever the pieces in which it comes and goes",
    arguments: StreamFormat.allCases, 0..<25 as Range<UInt64>)
  func chunking(format: StreamFormat, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = sample(&generator)
    let stream = try format.compressed(sample)
    for _ in 0..<4 {
      let inputMax = [1, 3, 100, 1 << 17].randomElement(using: &generator) ?? 1
      let outputMax = [7, 100, 1 << 17].randomElement(using: &generator) ?? 1
      let content = try decode(stream, format, inputMax: inputMax, outputMax: outputMax, &generator)
      #expect(content == sample, "input in \(inputMax), output in \(outputMax)")
    }
  }

  @Test("A stream may trickle byte by byte on either side", arguments: StreamFormat.allCases)
  func byteByByte(format: StreamFormat) throws {
    var generator = SeededGenerator(seed: 1)
    let sample = Array("Hồ sơ, a person's file. Hồ sơ, a person's file.".utf8)
    let content = try decode(format.compressed(sample), format, inputMax: 1, outputMax: 1, &generator)
    #expect(content == sample)
  }

  @Test(
    "Frames and members that follow each other are read as one content, empty ones too",
    arguments: StreamFormat.allCases, 0..<15 as Range<UInt64>)
  func concatenated(format: StreamFormat, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let samples = (0..<Int.random(in: 2...5, using: &generator)).map { _ in sample(&generator) } + [[]]
    let stream = try samples.flatMap { try format.compressed($0) }
    for inputMax in [1, 1 << 17] {
      let content = try decode(stream, format, inputMax: inputMax, outputMax: 1 << 16, &generator)
      #expect(content == samples.flatMap(\.self))
    }
  }

  @Test("A stream that was cut short is refused wherever it was cut", arguments: StreamFormat.allCases)
  func truncated(format: StreamFormat) throws {
    var generator = SeededGenerator(seed: 2)
    let (first, second) = (try format.compressed(generator.bytes(50...50)), try format.compressed([1, 2, 3]))
    let stream = first + second
    for length in 1..<stream.count where length != first.count {
      for inputMax in [1, 1 << 17] {
        #expect(throws: CompressionError.self, "cut to \(length) of \(stream.count) bytes") {
          try decode(stream[..<length], format, inputMax: inputMax, outputMax: 100, &generator)
        }
      }
    }
  }

  @Test("Nothing is a stream of no content", arguments: StreamFormat.allCases)
  func nothing(format: StreamFormat) throws {
    var generator = SeededGenerator(seed: 3)
    #expect(try decode([], format, inputMax: 1, outputMax: 1, &generator) == [])
  }

  @Test(
    "Garbage is refused, alone and behind a frame or member", arguments: StreamFormat.allCases,
    0..<20 as Range<UInt64>)
  func garbage(format: StreamFormat, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let garbage = [0x00] + generator.bytes(20...60)
    let valid = try format.compressed([1, 2, 3])
    for stream in [garbage, valid + garbage] {
      #expect(throws: CompressionError.self) {
        try decode(stream, format, inputMax: 40, outputMax: 100, &generator)
      }
    }
  }

  @Test("A flipped bit in the content is refused", arguments: StreamFormat.allCases, 0..<10 as Range<UInt64>)
  func flippedBit(format: StreamFormat, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // Random content is stored as it is, so a flip in its middle changes content and nothing else.
    var stream = try format.compressed(generator.bytes(300...300))
    stream[Int.random(in: 100..<200, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    #expect(throws: CompressionError.self) {
      try decode(stream, format, inputMax: 50, outputMax: 50, &generator)
    }
  }

  @Test("A zstd frame that wants a window above 128 MiB is refused")
  func largeWindow() throws {
    // Magic number, a frame header without content size, and a window of 2^31 bytes (RFC 8878, section 3.1.1.1).
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x01, 0x00, 0x00]
    var generator = SeededGenerator(seed: 4)
    #expect(throws: CompressionError.self) {
      try decode(frame, .zstandard, inputMax: 100, outputMax: 100, &generator)
    }
  }
}

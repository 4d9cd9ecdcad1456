import Compression
import Testing

@Suite("zstd frames")
struct FrameTests {
  private func content(of frame: some Collection<UInt8>, count: Int) throws -> [UInt8] {
    var output = [UInt8](repeating: 0xEE, count: count)
    try Array(frame).withUnsafeBytes { frame in
      try output.withUnsafeMutableBytes { try ZstandardDecompressor().decompress(frame, into: $0) }
    }
    return output
  }

  @Test("Any content is read back from its frame, at any level", arguments: 0..<30 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = sample(&generator)
    for level in [1, 3, 9] {
      #expect(try content(of: frame(sample, level: level), count: sample.count) == sample)
    }
  }

  @Test("Contexts are used again, and a frame is appended to what is there", arguments: 0..<5 as Range<UInt64>)
  func reuse(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (compressor, decompressor) = (ZstandardCompressor(), ZstandardDecompressor())
    for _ in 0..<10 {
      let (prefix, sample) = (generator.bytes(0...9), sample(&generator))
      var output = prefix
      try sample.withUnsafeBytes { try compressor.compress($0, appendingTo: &output) }
      #expect(output.starts(with: prefix))
      var back = [UInt8](repeating: 0, count: sample.count)
      try output[prefix.count...].withUnsafeBytes { frame in
        try back.withUnsafeMutableBytes { try decompressor.decompress(frame, into: $0) }
      }
      #expect(back == sample)
    }
  }

  @Test("No frame that was cut short is read", arguments: 0..<6 as Range<UInt64>)
  func truncated(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = generator.bytes(1...400)
    let whole = try frame(sample)
    for length in 0..<whole.count {
      #expect(throws: CompressionError.self, "cut to \(length) of \(whole.count)") {
        try content(of: whole[..<length], count: sample.count)
      }
    }
  }

  @Test("A flipped bit never gives other content", arguments: 0..<6 as Range<UInt64>)
  func flippedBits(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = sample(&generator) + [1, 2, 3]
    let whole = try frame(sample)
    var refusals = 0
    for _ in 0..<200 {
      var damaged = whole
      damaged[Int.random(in: damaged.indices, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      do {
        #expect(try content(of: damaged, count: sample.count) == sample)
      } catch is CompressionError {
        refusals += 1
      }
    }
    #expect(refusals > 190, "the frame carries a checksum of its content")
  }

  @Test("Content of another size than expected is refused")
  func wrongSize() throws {
    let whole = try frame([1, 2, 3, 4])
    #expect(throws: CompressionError.self) { try content(of: whole, count: 3) }
    let error = #expect(throws: CompressionError.self) { try content(of: whole, count: 5) }
    #expect(error?.description == "a zstd frame holds 4 bytes where 5 were expected")
  }

  @Test("The library's version has three numbers")
  func version() {
    #expect(zstandardVersion.split(separator: ".").compactMap { Int($0) }.count == 3)
  }
}

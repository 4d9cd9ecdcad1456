import Hashing
import Testing

@Suite("BLAKE2b")
struct BLAKE2bTests {
  /// Lengths around the block size of 128 bytes; digests by Python's hashlib of bytes (7i + length) mod 251.
  static let references: [(length: Int, digest: String)] = [
    (0, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"),
    (1, "ee155ace9c40292074cb6aff8c9ccdd273c81648ff1149ef36bcea6ebb8a3e25"),
    (64, "3778f3d6906c7d78600bda78d279d32937f61c6aa0b14cf4ca3b2a4b81e4cfd1"),
    (127, "1c171e998aff7ddd899783610668504f26fe61fbfacc78e48c4ea80eecc1f866"),
    (128, "685b73b75dc1b6556038ef8fdad4b2ce90982353724a24f7dc28b176a2a97bf2"),
    (129, "0c537bbbdad527a580c5b73f46782f7301dbf54a8626ec3c3042d7d7a336ca8e"),
    (256, "cd4f5f042c7b0f98e69a08af876a9c690ec8608de64f5df79e2120aad6344ae8"),
    (257, "ddd6c2e1515246b0ee2bffeb62d829a3712ae811d6bbd29631071f899cbfe962"),
    (4096, "4cded4e73386cba57c4954b9a4acf7b910337825ccdb7d2c7f1ace91367df917"),
  ]

  private func digest(_ pieces: [ArraySlice<UInt8>]) -> BLAKE2b.Digest {
    var hash = BLAKE2b()
    for piece in pieces { piece.withUnsafeBytes { hash.update($0) } }
    return hash.finish()
  }

  @Test("Digests are those of another implementation", arguments: references)
  func agreement(length: Int, digest: String) {
    #expect(self.digest([pattern(length)[...]]).description == digest)
  }

  @Test("The digest of abc is the well-known one")
  func abc() {
    let expected = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"
    #expect(digest([Array("abc".utf8)[...]]).description == expected)
  }

  @Test("Bytes hash the same in whatever pieces they come", arguments: 0..<30 as Range<UInt64>)
  func pieces(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = generator.bytes(0...1000)
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 0...200, using: &generator))
      pieces.append(piece)
      rest = rest.dropFirst(piece.count)
    }
    #expect(digest(pieces) == digest([bytes[...]]))
  }

  @Test("Hashing a digest is hashing its bytes")
  func digestAsInput() {
    let first = digest([[1, 2, 3]])
    var hash = BLAKE2b()
    hash.update(first)
    #expect(hash.finish() == digest([first.bytes[...]]))
  }

  @Test("The digest of nothing yet is 32 zero bytes")
  func none() {
    #expect(BLAKE2b.Digest.none.description == String(repeating: "0", count: 64))
  }
}

/// The bytes that the reference digests were computed of.
func pattern(_ length: Int) -> [UInt8] {
  (0..<length).map { UInt8(($0 * 7 + length) % 251) }
}

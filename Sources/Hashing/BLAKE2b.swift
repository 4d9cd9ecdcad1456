import CBLAKE2

/// BLAKE2b with 32 bytes of output (RFC 7693): the cryptographic hash that chains the log.
package struct BLAKE2b {
  /// 32 bytes that commit to everything hashed.
  package struct Digest: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 32
    package let bytes: [UInt8]

    /// All zero: the digest before the first event.
    package static let none = Digest(bytes: [UInt8](repeating: 0, count: byteCount))

    package init(bytes: [UInt8]) {
      precondition(bytes.count == Self.byteCount, "a BLAKE2b-256 digest has \(Self.byteCount) bytes")
      self.bytes = bytes
    }

    /// 64 hexadecimal digits.
    package var description: String {
      bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
  }

  private var state = blake2b_state()

  package init() { blake2b_init(&state, Digest.byteCount) }

  /// O(count).
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    blake2b_update(&state, base, bytes.count)
  }

  package mutating func update(_ digest: Digest) {
    digest.bytes.withUnsafeBytes { update($0) }
  }

  package consuming func finish() -> Digest {
    var state = state
    let bytes = [UInt8](unsafeUninitializedCapacity: Digest.byteCount) { buffer, count in
      blake2b_final(&state, buffer.baseAddress, Digest.byteCount)
      count = Digest.byteCount
    }
    return Digest(bytes: bytes)
  }
}

/// A hash of 64 bits of what upcasters do: FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). Not for telling apart
/// texts that somebody chose to collide.
enum Fingerprint {
  /// Of the language. Raised when the same file comes to mean something else.
  private static let languageVersion: UInt8 = 1

  static func of(_ upcasters: [Upcaster]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    add([languageVersion], to: &hash)
    for upcaster in upcasters {
      add(upcaster.type.utf8, to: &hash)
      add([0], to: &hash)
      add("\(upcaster.from) ".utf8, to: &hash)
      add(upcaster.stepsText, to: &hash)
      add([0], to: &hash)
    }
    return hash
  }

  private static func add(_ bytes: some Sequence<UInt8>, to hash: inout UInt64) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}

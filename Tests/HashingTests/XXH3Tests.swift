import Hashing
import Testing

@Suite("XXH3")
struct XXH3Tests {
  struct Vector: Sendable {
    let length: Int
    let hash64: UInt64
    let seeded64: UInt64
    let hash128: String
    let seeded128: String

    init(_ length: Int, _ hash64: UInt64, _ seeded64: UInt64, _ hash128: String, _ seeded128: String) {
      self.length = length
      self.hash64 = hash64
      self.seeded64 = seeded64
      self.hash128 = hash128
      self.seeded128 = seeded128
    }
  }

  private static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Lengths around the borders of XXH3's code paths; hashes by Python's xxhash of bytes (7i + length) mod 251.
  static let references = [
    Vector(
      0, 0x2d06_8005_38d3_94c2, 0x602b_0e2c_d666_2c8b, "99aa06d3014798d86001c324468d497f",
      "d142977a2cca554b4ca5176998171787"),
    Vector(
      3, 0xa908_8dda_485b_481c, 0xa8ba_cd84_7619_199e, "ce31763cbf8245a5a9088dda485b481c",
      "a6c5358dff93af85a8bacd847619199e"),
    Vector(
      8, 0xb0fb_3e3c_3f94_990a, 0x3cc0_9d50_0f82_5234, "f69a63d1bfe6b421ed2e15d607e65102",
      "2cc179064d67ebb425d21fc64f0cc1d8"),
    Vector(
      16, 0x2bd9_26d8_8792_965a, 0x2510_1f89_fe29_4fbf, "e8920f24c46d190e93e2125b8d5e83bd",
      "ace81a329f0344494d4c868226ee318d"),
    Vector(
      17, 0x621f_018a_ad19_b14a, 0x39e1_b7c1_2492_05e2, "87a3d4506bedd5649f166f98e8c7d6d8",
      "9af9bc0b5d3f77f628d8dd4ff6257069"),
    Vector(
      129, 0x4fde_2d10_f0bc_dfea, 0x080b_fb5d_d920_4e63, "0811b872b34056cd87d0ab6f8d73ed7f",
      "43719dd35460d2f5a0e33e60e4b7f121"),
    Vector(
      241, 0xee80_e364_2dbe_5d90, 0x4330_51d3_a2cd_8c67, "b2575d97dc362e8cee80e3642dbe5d90",
      "c0a039e50a347432433051d3a2cd8c67"),
    Vector(
      4096, 0x0438_cdf9_46fe_a307, 0x9832_33ed_3e2d_688f, "6771bb415b26a94a0438cdf946fea307",
      "04346e2c12897cfa983233ed3e2d688f"),
  ]

  @Test("Hashes are those of another implementation, with a seed and without", arguments: references)
  func agreement(vector: Vector) {
    pattern(vector.length).withUnsafeBytes { bytes in
      #expect(XXH3.hash64(bytes) == vector.hash64)
      #expect(XXH3.hash64(bytes, seed: Self.seed) == vector.seeded64)
      #expect(XXH3.hash128(bytes).description == vector.hash128)
      #expect(XXH3.hash128(bytes, seed: Self.seed).description == vector.seeded128)
    }
  }

  @Test("A buffer without an address hashes as no bytes")
  func noAddress() {
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    #expect(XXH3.hash64(none) == Self.references[0].hash64)
    #expect(XXH3.hash128(none).description == Self.references[0].hash128)
  }
}

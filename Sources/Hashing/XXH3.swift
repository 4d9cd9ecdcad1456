import CXXHash

/// XXH3, the fast non-cryptographic hash (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).
///
/// Use it for checksums, table keys and fingerprints that are verified against the content. An adversary can construct
/// collisions; where that would matter use ``BLAKE2b``.
package enum XXH3 {
  /// 64 bits. O(count).
  package static func hash64(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    XXH3_64bits_withSeed(bytes.baseAddress, bytes.count, seed)
  }

  /// 128 bits. O(count).
  package static func hash128(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> Hash128 {
    let hash = XXH3_128bits_withSeed(bytes.baseAddress, bytes.count, seed)
    return Hash128(high: hash.high64, low: hash.low64)
  }
}

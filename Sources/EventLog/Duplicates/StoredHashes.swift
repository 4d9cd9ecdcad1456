/// Ascending hashes of 48 bits as they lie in a stored record, one at every `stride` bytes of at least 8. Borrows the bytes.
struct StoredHashes {
  let bytes: UnsafeRawBufferPointer
  let stride: Int

  var count: Int { bytes.count / stride }

  subscript(index: Int) -> UInt64 {
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * stride, as: UInt64.self))
    return word & (1 << IdentityHash.bits - 1)
  }

  /// The index of the first hash from `start` on that is not below `hash`, or `count`.
  ///
  /// O(log distance): steps double from `start`, so that many ascending look-ups cost no more than one pass.
  func firstIndex(from start: Int, atOrAbove hash: UInt64) -> Int {
    var (low, high, step) = (start, start, 1)
    while high < count, self[high] < hash {
      low = high + 1
      high += step
      step *= 2
    }
    high = min(high, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Counts of hashed keys. 4 bytes a key.
struct SortedKeys {
  private let keys: [UInt32]

  /// Zeros, which mean "nothing", are left out. O(n log n).
  init(_ keys: some Sequence<UInt32>) { self.keys = keys.filter { $0 > 0 }.sorted() }

  /// How often a key was given. O(log n).
  func count(of key: UInt32) -> Int { numberBelow(UInt64(key) + 1) - numberBelow(UInt64(key)) }

  private func numberBelow(_ key: UInt64) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if UInt64(keys[middle]) < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The groups of records that have a value of a blocking key in common.
struct Blocks {
  /// Values of the key in the high halves and numbers of records in the low ones, sorted. 8 bytes each.
  private let entries: [UInt64]

  /// O(n log n) for n records.
  init(_ key: BlockingKey, of store: RecordStore) {
    var entries: [UInt64] = []
    for index in store.records.indices {
      key.values(of: index, in: store) { entries.append(UInt64($0) << 32 | UInt64(index)) }
    }
    entries.sort()
    self.entries = entries
  }

  /// Calls `take` with the two numbers, the lower first, of each pair in blocks of up to `limit` entries; bigger blocks
  /// are skipped, so that there are fewer than `limit` pairs a record.
  func forEachPair(limit: Int, _ take: (Int, Int) -> Void) {
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end] >> 32 == entries[start] >> 32 { end += 1 }
      if end - start <= limit { forEachPair(in: start..<end, take) }
      start = end
    }
  }

  private func forEachPair(in block: Range<Int>, _ take: (Int, Int) -> Void) {
    for i in block.dropLast() {
      let first = Int(UInt32(truncatingIfNeeded: entries[i]))
      for j in i + 1..<block.upperBound {
        let second = Int(UInt32(truncatingIfNeeded: entries[j]))
        if first != second { take(first, second) }
      }
    }
  }
}

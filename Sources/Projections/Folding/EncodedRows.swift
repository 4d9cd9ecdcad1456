import BinaryCoding
import Hashing
import ReadModels

/// The rows of a table in the order in which they were added, and then sorted by key.
///
/// States are encoded in the order in which they lie in memory and sorted afterwards: going through them in the order of
/// their keys, which are random, would wait for memory at every step.
struct EncodedRows<Key: TableKey> {
  private var rows = ByteWriter()
  private var ends: [Int] = []
  private var keys: [Key] = []

  init() {}

  /// Adds what `write` writes as the row of a key.
  mutating func add(_ key: Key, _ write: (inout ByteWriter) -> Void) {
    write(&rows)
    ends.append(rows.bytes.count)
    keys.append(key)
  }

  /// Calls `body` for each row in the order of keys, with the index of the row in the order of adding.
  func forEachSorted(_ body: (Key, UnsafeRawBufferPointer, Int) throws -> Void) rethrows {
    try rows.bytes.withUnsafeBytes { bytes in
      for index in keys.sortedIndices() {
        let start = index == 0 ? 0 : ends[index - 1]
        try body(keys[index], UnsafeRawBufferPointer(rebasing: bytes[start..<ends[index]]), index)
      }
    }
  }
}

extension EncodedRows {
  init<State: CachedState>(_ table: StateTable<Key, State>) {
    keys = table.keys
    ends.reserveCapacity(keys.count)
    for slot in 0..<table.count {
      table.states.withState(slot) { $0.encode(to: &rows) }
      ends.append(rows.bytes.count)
    }
  }
}

extension Array where Element: TableKey {
  /// The indices in the order of the keys. O(n).
  func sortedIndices() -> [Int] {
    sortedByUniformPrefix(count, { self[$0].prefix }) { self[$0] < self[$1] }
  }
}

/// The numbers below `count` in the order of their keys. O(n): as the first bits of keys are uniform, they are distributed
/// over as many buckets as there are keys, which are sorted each for itself. `isBefore` decides where prefixes are equal.
func sortedByUniformPrefix(
  _ count: Int, _ prefix: (Int) -> UInt64, isBefore: (Int, Int) -> Bool
) -> [Int] {
  var bits: UInt64 = 1
  while (1 << bits) < count { bits += 1 }
  let shift = 64 - bits
  var starts = [Int](repeating: 0, count: (1 << Int(bits)) + 1)
  for index in 0..<count { starts[Int(prefix(index) >> shift) + 1] += 1 }
  for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
  var next = starts
  var sorted = [(prefix: UInt64, index: Int)](repeating: (0, 0), count: count)
  for index in 0..<count {
    let prefix = prefix(index)
    let bucket = Int(prefix >> shift)
    sorted[next[bucket]] = (prefix, index)
    next[bucket] += 1
  }
  for bucket in 0..<(starts.count - 1) where starts[bucket + 1] - starts[bucket] > 1 {
    sorted[starts[bucket]..<starts[bucket + 1]].sort { a, b in
      a.prefix != b.prefix ? a.prefix < b.prefix : isBefore(a.index, b.index)
    }
  }
  return sorted.map(\.index)
}

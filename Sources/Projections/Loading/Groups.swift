import Hashing

/// Elements by group, groups being numbers from 0: all in one array, sorted by counting. O(elements + groups).
struct Groups<Element> {
  private var starts: [Int]
  private var elements: [Element] = []

  /// `place` gives the group of each item and what is kept of it; the order within a group is that of the items.
  init<Items: Collection>(_ items: Items, count: Int, _ place: (Items.Element) -> (group: Int, element: Element)) {
    starts = [Int](repeating: 0, count: count + 1)
    for item in items { starts[place(item).group + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    elements = [Element](unsafeUninitializedCapacity: items.count) { buffer, initialized in
      for item in items {
        let (group, element) = place(item)
        buffer.initializeElement(at: next[group], to: element)
        next[group] += 1
      }
      initialized = items.count
    }
  }

  subscript(group: Int) -> ArraySlice<Element> { elements[starts[group]..<starts[group + 1]] }
}

/// Finds the index of a key among sorted ones whose bits are uniform: by its first bits, and then by looking through the
/// few that share them. O(1) expected.
struct KeyDirectory {
  /// As far as one cache line or two.
  private static let stepsMax = 6

  private let shift: UInt64
  private let starts: [UInt32]

  /// Of keys in ascending order, fewer than 2^32.
  init(_ keys: [Hash128]) {
    var bits: UInt64 = 1
    while (1 << bits) < keys.count / 2 { bits += 1 }
    shift = 64 - bits
    var starts = [UInt32](repeating: 0, count: (1 << Int(bits)) + 1)
    for key in keys { starts[Int(key.high >> shift) + 1] += 1 }
    for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
    self.starts = starts
  }

  /// The same where keys are mostly asked for in ascending order: `last` is the index of the one before, which the next ones
  /// lie close behind.
  func index(of key: Hash128, in keys: [Hash128], behind last: inout Int) -> Int? {
    for index in last..<min(last + Self.stepsMax, keys.count) where keys[index] == key {
      last = index
      return index
    }
    guard let index = index(of: key, in: keys) else { return nil }
    last = index
    return index
  }

  func index(of key: Hash128, in keys: [Hash128]) -> Int? {
    let bucket = Int(key.high >> shift)
    for index in Int(starts[bucket])..<Int(starts[bucket + 1]) where keys[index] == key { return index }
    return nil
  }
}

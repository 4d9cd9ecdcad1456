/// Which members of an object, or elements of an array, some keyword has looked at already (draft 2020-12, core
/// section 11): what `unevaluatedProperties` and `unevaluatedItems` go by.
protocol EvaluatedPositions {
  init()
  /// Whether alternatives must be gone through to the end, because each of those that match counts.
  static var isTracked: Bool { get }
  mutating func insert(_ position: Int)
  mutating func formUnion(_ other: Self)
  func contains(_ position: Int) -> Bool
}

/// For schemas that ask nothing about it: costs nothing.
struct UntrackedPositions: EvaluatedPositions {
  static let isTracked = false
  func insert(_ position: Int) {}
  func formUnion(_ other: UntrackedPositions) {}
  func contains(_ position: Int) -> Bool { false }
}

/// A set of positions, 64 to a word.
struct TrackedPositions: EvaluatedPositions {
  static let isTracked = true
  private var words: [UInt64] = []

  mutating func insert(_ position: Int) {
    let word = position / 64
    if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
    words[word] |= 1 << UInt64(position % 64)
  }

  mutating func formUnion(_ other: TrackedPositions) {
    if words.count < other.words.count {
      words.append(contentsOf: repeatElement(0, count: other.words.count - words.count))
    }
    for (index, word) in other.words.enumerated() { words[index] |= word }
  }

  func contains(_ position: Int) -> Bool {
    position / 64 < words.count && words[position / 64] >> UInt64(position % 64) & 1 == 1
  }
}

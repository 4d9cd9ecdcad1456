/// A fraction turned into a threshold once, so that the draws compare integers.
struct Share {
  private let threshold: UInt64

  /// Scaling by a power of two is exact, so every machine gets the same threshold.
  init(_ fraction: Double) {
    threshold = UInt64(fraction * 4_294_967_296)
  }

  func happens(_ random: inout RandomSource) -> Bool {
    threshold > 0 && random.next() >> 32 < threshold
  }
}

extension RandomSource {
  /// One exponential variate of mean 1, in units of 1/65536.
  ///
  /// Von Neumann's comparison method ("Various techniques used in connection with random digits", 1951): only
  /// comparisons of uniform numbers, so no logarithm of a C library can change the output.
  mutating func exponential() -> Int {
    var whole = 0
    while true {
      let first = next() >> 48
      var smallest = first
      var length = 1
      while case let candidate = next() >> 48, candidate < smallest {
        smallest = candidate
        length += 1
      }
      if length % 2 == 1 { return (whole << 16) + Int(first) }
      whole += 1
    }
  }

  /// A waiting time of the given mean, which must be below 2^40.
  mutating func wait(mean: Milliseconds) -> Milliseconds {
    (mean * Milliseconds(exponential())) >> 16
  }

  /// One more than a geometric variate: 1 at least, `mean` on average.
  mutating func atLeastOne(mean: Int) -> Int {
    var count = 1
    while count < 40, below(mean) > 0 { count += 1 }
    return count
  }

  /// A chance out of 65536, distributed as Beta(1, 3): the least of three uniform numbers.
  mutating func dropout() -> Int {
    min(below(65536), below(65536), below(65536))
  }

  /// Index into `weights`, each chosen in proportion to its weight. O(weights.count).
  mutating func weighted(_ weights: [Int], total: Int) -> Int {
    var rest = below(total)
    for (index, weight) in weights.enumerated() {
      if rest < weight { return index }
      rest -= weight
    }
    preconditionFailure("the weights must add up to the total")
  }

  /// Reorders by Fisher and Yates. O(count).
  mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
    var result = Array(elements)
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(last, below(last + 1))
    }
    return result
  }
}

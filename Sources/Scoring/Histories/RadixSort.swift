/// Sorts whole numbers by their digits to the base 2048, leaving out digits in which all agree.
enum RadixSort {
  private static let bits: UInt64 = 11
  private static let mask: UInt64 = 1 << bits - 1

  /// Ascending. O(n) for each digit in which numbers differ.
  static func sorted(_ numbers: [UInt64]) -> [UInt64] {
    var (source, target) = (numbers, [UInt64](repeating: 0, count: numbers.count))
    let varying = numbers.reduce(0) { $0 | $1 ^ numbers[0] }
    for shift in stride(from: UInt64(0), to: 64, by: Int(bits)) where varying >> shift & mask != 0 {
      distribute(source, into: &target, shift)
      swap(&source, &target)
    }
    return source
  }

  private static func distribute(_ source: [UInt64], into target: inout [UInt64], _ shift: UInt64) {
    var places = [Int](repeating: 0, count: Int(mask) + 1)
    for number in source { places[Int(number >> shift & mask)] += 1 }
    var sum = 0
    for digit in places.indices { (places[digit], sum) = (sum, sum + places[digit]) }
    for number in source {
      let digit = Int(number >> shift & mask)
      target[places[digit]] = number
      places[digit] += 1
    }
  }
}

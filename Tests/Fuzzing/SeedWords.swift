/// The words that seeds are made of: what the fuzzer puts in where single bytes would get nowhere.
struct SeedWords {
  private static let wordsMax = 400
  private static let lengths = 2...24

  private var counts: [String: Int] = [:]

  init(_ seeds: [[UInt8]]) {
    for seed in seeds {
      for word in seed.split(whereSeparator: { !Self.isWordByte($0) }) where Self.lengths.contains(word.count) {
        counts[String(decoding: word, as: UTF8.self), default: 0] += 1
      }
    }
  }

  /// In the form that `-dict` wants, the commonest first.
  var dictionary: String {
    let words = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.wordsMax)
    return words.map { "\"\($0.key)\"\n" }.joined()
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x2E, 0x5F: true
    default: false
    }
  }
}

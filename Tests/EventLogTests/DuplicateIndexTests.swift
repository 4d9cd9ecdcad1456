import Compression
import EventLog
import Events
import Testing

@Suite("Duplicate index")
struct DuplicateIndexTests {
  typealias Entry = (hash: UInt64, position: Position)

  /// The index as a dictionary does it.
  private struct Reference {
    var positions: [UInt64: Set<Position>] = [:]
    var last: Position = 0
    /// Every hash as often as it was added.
    var hashes: [UInt64] = []

    mutating func entries(_ hashes: [UInt64]) -> [Entry] {
      self.hashes += hashes
      return hashes.map { hash in
        last += 1
        positions[hash, default: []].insert(last)
        return (hash, last)
      }
    }
  }

  /// What the index finds for hashes must be what the dictionary does, each once, under the first of equal hashes.
  private func check(_ hashes: [UInt64], in appender: borrowing LogAppender, against reference: Reference) throws {
    let ascending = hashes.sorted()
    var found: [UInt64: [Position]] = [:]
    var namesFirst = true
    try appender.lookUp(ascending) { index, position in
      if index > 0, ascending[index - 1] == ascending[index] { namesFirst = false }
      found[ascending[index], default: []].append(position)
    }
    var expected: [UInt64: [Position]] = [:]
    for hash in Set(hashes) { expected[hash] = reference.positions[hash]?.sorted() }
    #expect(found.mapValues { $0.sorted() } == expected)
    #expect(namesFirst)
  }

  /// Appends an event for each entry, so that the positions exist, and indexes them.
  private func add(_ entries: [Entry], to appender: inout LogAppender) throws {
    for _ in entries { try appender.add([Received(document: [], at: .init(microseconds: 0))]) }
    try appender.index(entries)
  }

  /// Hashes of one kind: all different, from a handful of values, or at the ends of the range.
  private func hashes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt64] {
    let kind = generator.int(0...3)
    return (0..<count).map { _ in
      switch kind {
      case 0: UInt64(generator.int(0...40)) << 42
      case 1: Bool.random(using: &generator) ? 0 : 1 << IdentityHash.bits - 1
      default: generator.next() >> (64 - IdentityHash.bits)
      }
    }
  }

  /// Hashes that are there, hashes that are not, neighbours of both, and some twice.
  private func questions(_ reference: Reference, _ generator: inout SeededGenerator) -> [UInt64] {
    if generator.int(0...5) == 0 { return [] }
    var hashes: [UInt64] = [0, 1 << IdentityHash.bits - 1]
    for _ in 0..<generator.int(0...200) { hashes.append(reference.hashes.randomElement(using: &generator) ?? 1) }
    for hash in hashes.prefix(20) { hashes += [hash - min(hash, 1), hash + 1, hash] }
    for _ in 0..<generator.int(0...100) { hashes.append(generator.next() >> (64 - IdentityHash.bits)) }
    return hashes
  }

  @Test(
    "It finds what a dictionary finds, through random commits and merges of several levels",
    arguments: 0..<8 as Range<UInt64>)
  func againstDictionary(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    var reference = Reference()
    // Seeds differ in the size of their commits, from many small ones to fewer that make whole chunks at once.
    let (commits, sizeMax) = [(200, 3), (120, 30), (60, 300), (100, 1200)][Int(seed % 4)]
    for _ in 0..<commits {
      var appender = try log.append(with: ZstandardCompressor())
      try check(questions(reference, &generator), in: appender, against: reference)
      try add(reference.entries(hashes(generator.int(0...sizeMax), &generator)), to: &appender)
      try check(questions(reference, &generator), in: appender, against: reference)
      try appender.commit()
    }
    try check(Array(reference.positions.keys), in: try log.append(with: ZstandardCompressor()), against: reference)
    #expect(try log.verify().damage.map(\.what) == [])
  }

  @Test(
    "Runs whose entries just fill chunks, or just not, are found to the last entry",
    arguments: [1, 2, 406, 407, 408, 409, 813, 814, 815, 1221])
  func chunkBorders(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    var reference = Reference()
    var appender = try log.append(with: ZstandardCompressor())
    try add(reference.entries((0..<count).map { UInt64($0) << 30 }.shuffled(using: &generator)), to: &appender)
    for hash in reference.positions.keys {
      try check([hash - min(hash, 1), hash, hash + 1], in: appender, against: reference)
    }
    try check(Array(reference.positions.keys), in: appender, against: reference)
    try check((0..<1000).map { UInt64($0) << 29 }, in: appender, against: reference)
    try appender.commit()
    #expect(try log.verify().isIntact)
  }

  @Test(
    "Equal hashes that lie across the border of a chunk, or fill several, are all found",
    arguments: [(406, 2), (407, 1), (407, 2), (403, 4), (403, 5), (0, 408), (1, 900), (407, 407), (450, 1300)])
  func equalHashesAcrossChunks(before: Int, equal: Int) throws {
    var generator = SeededGenerator(seed: UInt64(before * 1000 + equal))
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    var reference = Reference()
    var appender = try log.append(with: ZstandardCompressor())
    let hashes = (0..<before).map { UInt64($0) } + [UInt64](repeating: 5000, count: equal) + [6000, 6001, 6001]
    try add(reference.entries(hashes.shuffled(using: &generator)), to: &appender)
    for question in [[5000], [5000, 5000], [4999, 5000, 5001, 6001], [0, 406, 407, 5000, 6000]] as [[UInt64]] {
      try check(question, in: appender, against: reference)
    }
    try check(Array(0..<7000), in: appender, against: reference)
    try appender.commit()
    #expect(try log.verify().isIntact)
  }

  @Test("Nothing indexed, nothing found; nothing asked, nothing found")
  func empty() throws {
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    var appender = try log.append(with: ZstandardCompressor())
    try check([0, 1, 1 << IdentityHash.bits - 1], in: appender, against: Reference())
    try appender.index([])
    try check([0, 1, 1 << IdentityHash.bits - 1], in: appender, against: Reference())
    try check([], in: appender, against: Reference())
    try appender.commit()
    #expect(try log.verify().isIntact)
  }
}

import Compression
import EventLog
import Events
import Testing

@Suite("Quarantine")
struct RejectTests {
  private func reject(_ generator: inout SeededGenerator) -> Reject {
    let words = ["", "name", "/data/items/0", "phở", "a\nb", String(repeating: "long ", count: 200)]
    func word() -> String { words.randomElement(using: &generator) ?? "" }
    return Reject(
      kind: Reject.Kind.allCases.randomElement(using: &generator) ?? .schema, reason: word(), pointer: word(),
      file: word(), line: generator.int(0...9) == 0 ? .max : generator.int(0...100_000),
      received: Instant(microseconds: Int64(bitPattern: generator.next())), input: word(),
      original: (0..<generator.int(0...5000)).map { _ in UInt8(generator.int(0...255)) },
      isTruncated: Bool.random(using: &generator))
  }

  private func add(_ rejects: [Reject], to log: EventLog) throws {
    var appender = try log.append(with: ZstandardCompressor())
    for reject in rejects { try appender.reject(reject) }
    try appender.commit()
  }

  private func remove(_ number: UInt64, from log: EventLog) throws -> Bool {
    var appender = try log.append(with: ZstandardCompressor())
    let wasThere = try appender.removeReject(number)
    try appender.commit()
    return wasThere
  }

  private func listing(_ log: EventLog, from first: UInt64 = 1) throws -> [UInt64: Reject] {
    var found: [UInt64: Reject] = [:]
    var numbers: [UInt64] = []
    try log.forEachReject(from: first) { number, reject in
      found[number] = reject
      numbers.append(number)
      return true
    }
    #expect(numbers == found.keys.sorted(), "each once, in order")
    return found
  }

  @Test(
    "Rejects are kept as they came and listed in order, through additions and removals",
    arguments: 0..<8 as Range<UInt64>)
  func lifeCycle(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = try TemporaryDirectory()
    var (reference, made): ([UInt64: Reject], UInt64) = ([:], 0)
    for _ in 0..<8 {
      let log = try directory.log()
      let batch = (0..<generator.int(0...40)).map { _ in reject(&generator) }
      try add(batch, to: log)
      for reject in batch {
        made += 1
        reference[made] = reject
      }
      for _ in 0..<generator.int(0...5) {
        let number = UInt64(generator.int(0...Int(made + 2)))
        #expect(try remove(number, from: log) == (reference.removeValue(forKey: number) != nil))
      }
      #expect(try listing(log) == reference)
      #expect(try log.info().rejects == reference.count)
      let number = UInt64(generator.int(0...Int(made + 2)))
      #expect(try log.reject(number) == reference[number])
      #expect(try listing(log, from: number) == reference.filter { $0.key >= number })
      #expect(try log.verify().isIntact)
    }
  }

  @Test("The number of a reject is never given out again, even that of the newest")
  func numbers() throws {
    var generator = SeededGenerator(seed: 1)
    let log = try TemporaryDirectory().log()
    try add([reject(&generator), reject(&generator)], to: log)
    #expect(try remove(1, from: log) && remove(2, from: log))
    #expect(try listing(log).isEmpty)
    try add([reject(&generator)], to: log)
    #expect(try listing(log).keys.sorted() == [3])
  }

  @Test("A listing can be stopped anywhere, and goes on over pages", arguments: [1, 63, 64, 65, 128, 129, 150])
  func stopping(after count: Int) throws {
    var generator = SeededGenerator(seed: 2)
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try add((0..<150).map { _ in reject(&generator) }, to: log)
    var seen = 0
    try log.forEachReject { _, _ in
      seen += 1
      return seen < count
    }
    #expect(seen == count)
  }

  @Test("A listing may append while it goes, since it holds no transaction")
  func appendingWhileListing() throws {
    var generator = SeededGenerator(seed: 3)
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try add((0..<70).map { _ in reject(&generator) }, to: log)
    try log.forEachReject { number, _ in
      let isRemoved = try number % 10 == 0 && remove(number, from: log)
      #expect(isRemoved == (number % 10 == 0))
      return true
    }
    #expect(try log.info().rejects == 63)
  }

  @Test("Kinds keep the numbers and names under which they are stored and listed")
  func kinds() {
    let names = [
      "malformed", "too-large", "envelope", "unknown-type", "schema", "time", "identifiers", "conflict", "mapping",
    ]
    #expect(Reject.Kind.allCases.map(\.rawValue) == (1...UInt8(names.count)).map { $0 })
    #expect(Reject.Kind.allCases.map(\.description) == names)
  }
}

import EventLog
import Events
import Testing

/// Documents that are full of UUIDs, of what looks like one, and of repetitions.
@Suite("Documents with UUIDs come back byte for byte")
struct UUIDTests {
  private func uuid(_ generator: inout SeededGenerator) -> String {
    let digits = Array("0123456789abcdef")
    let groups = [8, 4, 4, 4, 12].map { count in
      String((0..<count).map { _ in digits[generator.int(0...15)] })
    }
    return groups.joined(separator: "-")
  }

  /// One of the forms that must not be mistaken: upper case, a digit that is none, a hyphen that is missing or too many.
  private func nearly(_ uuid: String, _ generator: inout SeededGenerator) -> String {
    switch generator.int(0...6) {
    case 0: uuid.uppercased()
    case 1: String(uuid.dropLast())
    case 2: String(uuid.map { $0 == "-" ? "_" : $0 })
    case 3: uuid.replacing("a", with: "g")
    case 4: "-" + uuid + "-"
    case 5: uuid + uuid
    default: String(uuid.prefix(13)) + "--" + String(uuid.suffix(20))
    }
  }

  private func document(_ pool: [String], _ generator: inout SeededGenerator) -> [UInt8] {
    var text = ""
    for _ in 0..<generator.int(0...6) {
      let one = generator.int(0...2) == 0 ? uuid(&generator) : pool[generator.int(0...(pool.count - 1))]
      text += generator.int(0...3) == 0 ? nearly(one, &generator) : one
      text += ["", "\",\"id\":\"", " 2026-01-01T00:00:00-07:00 ", "Nguyễn"][generator.int(0...3)]
    }
    return Array(text.utf8)
  }

  @Test(
    "Whatever mixture of UUIDs and near ones a block holds, it is read as it was written",
    arguments: 0..<8 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pool = (0..<generator.int(1...400)).map { _ in uuid(&generator) }
    let events = (0..<generator.int(1...2500)).map { _ in
      Received(document: document(pool, &generator), at: Instant(microseconds: 0))
    }
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try log.add(events)
    #expect(try log.everything() == events)
    #expect(try log.verify().isIntact)
  }

  @Test("A document that holds the packing's marker is kept all the same")
  func marker() throws {
    var generator = SeededGenerator(seed: 1)
    let odd = Received(document: [0x01, 0x00, 0x01] + Array(uuid(&generator).utf8), at: Instant(microseconds: 0))
    let directory = try TemporaryDirectory()
    let log = try directory.log()
    try log.add(Array(repeating: odd, count: 2000))
    #expect(try log.everything().allSatisfy { $0 == odd })
  }
}

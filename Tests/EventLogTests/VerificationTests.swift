import Compression
import EventLog
import Events
import Glibc
import Hashing
import Testing

@Suite("Verification")
struct VerificationTests {
  @Test("A whole log is intact, and its events, blocks and digest are counted")
  func intact() throws {
    let directory = try TemporaryDirectory()
    try makeClosedLog(directory)
    let log = try directory.log()
    var progress: [Position] = []
    let result = try log.verify { reached, last in
      progress.append(reached)
      #expect(last == 3136)
    }
    #expect(result.isIntact)
    #expect(result.events == 3136)
    #expect(result.blocks == 3)
    #expect(result.digest == (try log.digest()))
    #expect(progress == [1024, 2048, 3072])
  }

  @Test("A log that grows while it is verified is intact")
  func growing() throws {
    var generator = SeededGenerator(seed: 1)
    let log = try TemporaryDirectory().log()
    try log.add(generator.events(2200))
    let result = try log.verify { _, _ in
      do { try log.add(generator.events(300)) } catch { Issue.record(error) }
    }
    #expect(result.damage.map(\.what) == [])
    #expect(result.events == 2200)
    #expect(try log.verify().events == 2800)
  }

  @Test(
    "A removed block is found at its first position, and nothing else is", arguments: [1, 1025, 2049] as [Position])
  func removedBlock(first: Position) throws {
    let damage = try findings { try $0.set("blocks", first, nil) }
    #expect(damage.map(\.position) == [first])
    #expect(damage.first?.what == "the block that holds this position is missing")
  }

  @Test("A removed row of the tail is found at its position", arguments: [3073, 3100, 3136] as [Position])
  func removedTailRow(position: Position) throws {
    let damage = try findings { try $0.set("tail", position, nil) }
    #expect(damage.map(\.position) == [position])
    #expect(damage.first?.what == "the event is missing from the tail")
  }

  @Test("Blocks that changed places are found, although each is whole")
  func movedBlocks() throws {
    let damage = try findings { rows in
      let blocks = try rows["blocks"]
      try rows.set("blocks", 1, blocks[1025])
      try rows.set("blocks", 1025, blocks[1])
    }
    #expect(damage.map(\.position) == [1, 1025])
  }

  @Test(
    "A row cut short is found, whatever remains of it", arguments: ["blocks", "tail", "ids", "rejects"],
    [0, 1, 7, 8, 20, -1])
  func shortRow(table: String, length: Int) throws {
    let damage = try findings { rows in
      let (key, row) = try #require(try rows[table].max { $0.key < $1.key })
      try rows.set(table, key, Array(row.prefix(length < 0 ? row.count + length : length)))
    }
    #expect(damage.count == 1)
  }

  @Test("Rows that do not belong to the log are found")
  func surplusRows() throws {
    for (table, key) in [("blocks", 9999), ("tail", 1), ("tail", 1601), ("ids", 1 << 40)] as [(String, UInt64)] {
      let damage = try findings { rows in
        let row = try #require(try rows[table].values.first)
        try rows.set(table, key, record(Array(row.dropFirst(8)), key: key))
      }
      #expect(damage.count == 1, "\(table) \(key)")
    }
  }

  @Test("A lost or damaged part of the duplicate index is found by verification and by the next look-up")
  func duplicateIndex() throws {
    let directory = try TemporaryDirectory()
    try makeClosedLog(directory)
    let keys = try StoredRows(directory.file())["ids"].keys.sorted()
    #expect(keys.count > 6)
    for key in keys {
      let copy = try TemporaryDirectory()
      try directory.log().copy(to: copy.file())
      try StoredRows(copy.file()).set("ids", key, nil)
      let log = try copy.log()
      let damage = try log.verify().damage
      #expect(damage.map(\.position) == [0])
      #expect(damage.first?.what.contains("duplicate index") == true)
      let appender = try log.append(with: ZstandardCompressor())
      // Every chunk is asked for: the first hash of all, the last, and some of each run.
      #expect(throws: LogError.self) {
        try appender.lookUp((0..<5000).map { $0 * ((1 << IdentityHash.bits) / 5000) }) { _, _ in }
      }
    }
  }

  @Test("A damaged reject is found, and the other ones are read")
  func damagedReject() throws {
    let damage = try findings { rows in
      var row = try #require(try rows["rejects"][2])
      row[10] ^= 1
      try rows.set("rejects", 2, row)
    }
    #expect(damage.map(\.what) == ["the checksum of reject 2 does not match its bytes"])
  }

  @Test("Several damages are all reported, each once")
  func severalDamages() throws {
    let damage = try findings { rows in
      try rows.set("blocks", 1, nil)
      try rows.forgeBlock(2049) { $0.documents[5] ^= 2 }
      try rows.set("tail", 3090, nil)
      try rows.set("rejects", 1, [])
    }
    #expect(damage.map(\.position) == [1, 2049, 3090, 0])
  }

  @Test("Without a whole state record nothing can be told, and that is said")
  func lostState() throws {
    for change in [{ _ in nil }, { $0.dropLast() + [0xFF] }, { Array($0.prefix(5)) }] as [([UInt8]) -> [UInt8]?] {
      let directory = try TemporaryDirectory()
      try makeClosedLog(directory)
      do {
        let rows = try StoredRows(directory.file())
        try rows.set("meta", 0, change(try #require(try rows["meta"][0])))
      }
      for readOnly in [true, false] {
        #expect(throws: LogError.self) { try EventLog(path: directory.file(), readOnly: readOnly).verify() }
      }
    }
  }
}

import Compression
import EventLog
import Events
import Hashing
import KeyValueStore
import Testing

/// BLAKE2b of the digest before and a block's documents.
func chain(_ documents: [UInt8], after previous: [UInt8]) -> [UInt8] {
  var hash = BLAKE2b()
  (previous + documents).withUnsafeBytes { hash.update($0) }
  return hash.finish().bytes
}

@Suite("Stored form")
struct FormatTests {
  @Test(
    "A log of a newer format is refused with the way out, and nothing is added to it", arguments: [true, false])
  func newerFormat(readOnly: Bool) throws {
    let directory = try TemporaryDirectory()
    try StoredRows(directory.file(), creating: ["meta"]).set("meta", 0, record([2, 0, 0, 0, 1, 2, 3], key: 0))
    let error = #expect(throws: LogError.self) { try EventLog(path: directory.file(), readOnly: readOnly) }
    #expect(
      error?.description == """
        this data directory was written by a newer hoso (log format 2, this program knows up to 1); \
        use the newer program, or ingest an export of its log into a new directory
        """)
    #expect(throws: StoreError.self) { try StoredRows(directory.file())["tail"] }
  }

  @Test("A state record of version 0 is damaged, not old")
  func versionZero() throws {
    let directory = try TemporaryDirectory()
    try directory.log().add([])
    try StoredRows(directory.file()).forge("meta", 0) { $0.set(UInt32(0), at: 0) }
    #expect(throws: LogError.self) { try directory.log() }
  }

  @Test("Blocks, tail and state can be read by the documented rules alone", arguments: 0..<4 as Range<UInt64>)
  func documentedRules(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let events = generator.events(generator.int(1100...2400))
    let model = Model(events)
    let directory = try TemporaryDirectory()
    try directory.log().add(events.prefix(100))
    try directory.log().add(events.dropFirst(100))
    let rows = try StoredRows(directory.file())

    var (found, digest) = ([Received](), [UInt8](repeating: 0, count: 32))
    for (first, row) in try rows["blocks"].sorted(by: { $0.key < $1.key }) {
      #expect(row == record(Array(row.dropFirst(8)), key: first))
      #expect(first == UInt64(found.count + 1))
      let block = try StoredBlock(Array(row.dropFirst(8)))
      #expect(Array(block.head.prefix(2)) == [1, 1])
      digest = chain(block.documents, after: digest)
      #expect(Array(block.head[20...]) == digest)
      found += try decode(block)
    }
    let sealed = found.count
    for (position, row) in try rows["tail"].sorted(by: { $0.key < $1.key }) {
      #expect(row == record(Array(row.dropFirst(8)), key: position))
      #expect(position == UInt64(found.count + 1))
      found.append(Received(document: Array(row.dropFirst(16)), at: Instant(microseconds: row.number(at: 8))))
    }
    #expect(found == events)
    #expect(sealed == model.sealed)

    let state = try #require(try rows["meta"][0])
    #expect(state == record(Array(state.dropFirst(8)), key: 0))
    #expect(state.number(at: 8, as: UInt32.self) == 1)
    #expect(state.number(at: 12, as: UInt64.self) == UInt64(events.count))
    #expect(state.number(at: 20, as: UInt64.self) == UInt64(sealed))
    #expect(Array(state[28..<60]) == digest)
  }

  /// The events of a block, by the table of variable-length integers before its documents.
  private func decode(_ block: StoredBlock) throws -> [Received] {
    var (table, documents, time) = (block.table[...], block.documents[...], Int64(0))
    func integer() throws -> UInt64 {
      var (value, shift) = (UInt64(0), UInt64(0))
      while let byte = table.popFirst() {
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      throw Unequal(description: "the table ends early")
    }
    let events = try (0..<block.count).map { _ in
      let length = Int(try integer())
      let zigzag = try integer()
      time &+= Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
      defer { documents = documents.dropFirst(length) }
      return Received(document: Array(documents.prefix(length - 1)), at: Instant(microseconds: time))
    }
    #expect(table.isEmpty && documents.isEmpty)
    return events
  }

  @Test("The bytes of a small log are those of the first release")
  func pinnedBytes() throws {
    let directory = try TemporaryDirectory()
    do {
      let log = try EventLog(path: directory.file(), created: Instant(microseconds: 0x0102_0304_0506_0708))
      var appender = try log.append(with: ZstandardCompressor())
      try appender.add([Received(document: Array("{}".utf8), at: Instant(microseconds: -2))])
      try appender.index([(0x1122_3344_5566, 1)])
      try appender.reject(
        Reject(
          kind: .tooLarge, reason: "r", pointer: "/p", file: "f", line: 300, received: Instant(microseconds: -1),
          input: "i", original: [0xAB], isTruncated: true))
      try appender.commit()
    }
    let rows = try StoredRows(directory.file())
    for (table, expected) in Self.pinned {
      let found = try rows[table].sorted { $0.key < $1.key }.map { key, value in
        hexadecimal([UInt8](bigEndian: key)) + " " + hexadecimal(value)
      }
      #expect(found == expected, "\(table)")
    }
  }

  private static let pinned: [(table: String, rows: [String])] = [
    (
      "meta",
      [
        "0000000000000000 "
          + "fd7298c831d5f054" + "01000000" + "0100000000000000" + "0000000000000000"
          + "0000000000000000000000000000000000000000000000000000000000000000"
          + "3de99968144b74f7c05966e89e043de03459cf7e23aa6ea08639856386079ed5"
          + "0300000000000000" + "0807060504030201" + "0100000000000000" + "01000000"
      ]
    ),
    ("blocks", []),
    ("tail", ["0000000000000001 " + "e5bba916f2f47bd1" + "feffffffffffffff" + "7b7d"]),
    (
      "ids",
      [
        "0000000000000000 " + "a843ba6e6674a43f" + "01000000" + "0100000000000000",
        "0000000100000000 " + "f5408c57269918b9" + "0100000000000000" + "6655443322110000",
        "0000000100000001 " + "bba39a0372cac2ce" + "665544332211" + "00000000",
      ]
    ),
    (
      "rejects",
      [
        "0000000000000001 "
          + "27994507ff503520" + "01" + "02" + "0172" + "022f70" + "0166" + "ac02" + "01" + "0169" + "01" + "01ab"
      ]
    ),
  ]

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension [UInt8] {
  init(bigEndian value: UInt64) { self = Swift.withUnsafeBytes(of: value.bigEndian) { [UInt8]($0) } }
}

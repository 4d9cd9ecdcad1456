import EventLog
import Events
import Glibc
import Testing

@Suite("Salvage")
struct SalvageTests {
  private static let pageBytes = 4096

  /// What is found in a file.
  private struct Found {
    var events: [Position: Received] = [:]
    let lost: [Position]
    let last: Position
    let isEndKnown: Bool

    init(_ path: String) throws {
      let salvage = try Salvage(path: path)
      lost = salvage.lost.flatMap { Array($0) }
      (last, isEndKnown) = (salvage.last, salvage.isEndKnown)
      try salvage.forEachBatch { batch in
        batch.forEach { events[$0.position] = Received($0) }
      }
    }
  }

  /// Changes the pages of a file behind the two headers, each as `change` wants.
  private func changePages(of path: String, _ change: (_ page: inout [UInt8], _ number: Int) -> Void) throws {
    let descriptor = open(path, O_RDWR)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var page = [UInt8](repeating: 0, count: Self.pageBytes)
    var number = 0
    while pread(descriptor, &page, page.count, off_t(number * page.count)) == page.count {
      change(&page, number)
      try #require(pwrite(descriptor, page, page.count, off_t(number * page.count)) == page.count)
      number += 1
    }
  }

  /// Whether a page holds nodes of a tree; pages of long values hold none.
  private func holdsNodes(_ page: [UInt8], _ number: Int) -> Bool {
    page.number(at: 0, as: UInt64.self) == UInt64(number) && page.number(at: 10, as: UInt16.self) & 3 != 0
  }

  /// A log of valid documents, since what the tail holds is told from other records by its form.
  private func makeLog(_ directory: TemporaryDirectory, seed: UInt64, _ counts: [Int]) throws -> [Received] {
    var generator = SeededGenerator(seed: seed)
    let log = try directory.log()
    var all: [Received] = []
    for count in counts {
      let events = (0..<count).map { number in
        let text = String(decoding: generator.document(0...600), as: UTF8.self)
        let document = #"{"id":"\#(all.count + number)","source":"s","data":"\#(text)"}"#
        return Received(document: Array(document.utf8), at: Instant(microseconds: Int64(generator.next() >> 20)))
      }
      try log.add(events)
      all += events
    }
    return all
  }

  @Test(
    "Of a whole log everything is found, and nothing is lost", arguments: [[], [1], [1023, 1], [700, 700, 5, 2000]])
  func whole(counts: [Int]) throws {
    let directory = try TemporaryDirectory()
    let events = try makeLog(directory, seed: 1, counts)
    let found = try Found(directory.file())
    #expect(found.lost.isEmpty && found.isEndKnown && found.last == UInt64(events.count))
    #expect(found.events == Dictionary(uniqueKeysWithValues: zip(1..., events)))
  }

  @Test(
    "Without the heads of all pages of the tree, everything is found still", arguments: 1...5 as ClosedRange<UInt64>)
  func withoutHeads(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let events = try makeLog(directory, seed: seed, [1500, 300, 1700])
    try changePages(of: directory.file()) { page, number in
      if number < 2 || holdsNodes(page, number) { page.replaceSubrange(0..<16, with: repeatElement(0xFF, count: 16)) }
    }
    let found = try Found(directory.file())
    #expect(found.lost.isEmpty && found.events == Dictionary(uniqueKeysWithValues: zip(1..., events)), "seed \(seed)")
    #expect(!found.isEndKnown, "the way to the log's state is broken")
  }

  @Test("Without any row, the blocks are found by their checksums", arguments: 1...5 as ClosedRange<UInt64>)
  func withoutRows(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let events = try makeLog(directory, seed: seed, [1500, 300, 3300])
    let sealed = Model(events).sealed
    try changePages(of: directory.file()) { page, number in
      if number > 1, holdsNodes(page, number) { page = [UInt8](repeating: 0, count: page.count) }
    }
    let found = try Found(directory.file())
    #expect(found.events == Dictionary(uniqueKeysWithValues: zip(1..., events.prefix(sealed))), "seed \(seed)")
    #expect(!found.isEndKnown && found.last == UInt64(sealed))
  }

  @Test(
    "What is found is right, and what is not found is told, whatever pages are destroyed",
    arguments: 1...30 as ClosedRange<UInt64>)
  func destroyed(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let events = try makeLog(directory, seed: seed, [900, 300, 1200, 50, 1])
    var generator = SeededGenerator(seed: seed)
    let chance = generator.int(1...40)
    try changePages(of: directory.file()) { page, number in
      guard generator.int(1...100) <= chance else { return }
      page = number % 2 == 0 ? generator.document(4096...4096) : [UInt8](repeating: 0, count: page.count)
    }
    let found = try Found(directory.file())
    for (position, event) in found.events {
      #expect(event == events[Int(position) - 1], "seed \(seed), position \(position)")
    }
    #expect(Set(found.events.keys).isDisjoint(with: found.lost), "seed \(seed)")
    #expect(found.events.count + found.lost.count == Int(found.last), "seed \(seed)")
    #expect(
      found.last == UInt64(events.count) || !found.isEndKnown && found.last < UInt64(events.count), "seed \(seed)")
  }

  @Test("A file of anything else holds nothing")
  func foreign() throws {
    var generator = SeededGenerator(seed: 9)
    let directory = try TemporaryDirectory()
    let descriptor = open(directory.file(), O_WRONLY | O_CREAT, 0o600)
    let bytes =
      generator.document(100_000...100_000) + (0..<100_000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    let found = try Found(directory.file())
    #expect(found.events.isEmpty && found.lost.isEmpty && found.last == 0 && !found.isEndKnown)
    let error = #expect(throws: LogError.self) { _ = try Salvage(path: directory.file("none")) }
    #expect(error?.description.contains("there is no such file") == true)
  }
}

import GeneratedEvents
import Glibc
import KeyValueStore
import Projections
import Testing

@Suite("The store of generations")
struct GenerationStoreTests {
  private let store: TestStore

  init() throws {
    var generator = EventGenerator(seed: 11)
    store = try TestStore(generator.events(100))
  }

  @Test("has no live generation before the first one is made")
  func none() throws {
    #expect(try store.generations.liveNumber() == nil)
    #expect(try store.generations.openLive(readOnly: true) == nil)
    #expect(try store.generations.numbers().isEmpty)
    let first = try store.generations.openOrCreateLive()
    #expect(first.number == 1)
    #expect(try store.generations.liveNumber() == 1)
    first.close()
    #expect(try store.generations.openOrCreateLive().number == 1)
  }

  @Test("numbers a new generation behind all others and leaves the live one alone until it is promoted")
  func promotion() throws {
    let first = try store.project()
    let second = try store.generations.createNext()
    #expect(second.number == 2)
    #expect(try store.generations.liveNumber() == 1)
    try store.catchUp(second)
    try store.generations.finish(second)
    try store.generations.promote(2)
    #expect(try store.generations.liveNumber() == 2)
    #expect(try store.generations.numbers() == [1, 2])
    #expect(try ProfileContents(second) == ProfileContents(first))
    try store.generations.promote(1)
    #expect(try store.generations.liveNumber() == 1)
    #expect(try store.generations.createNext().number == 3)
  }

  @Test("lets a reader of the old generation go on, even when it is dropped")
  func oldReader() throws {
    let old = try store.project()
    let before = try ProfileContents(old)
    let next = try store.generations.createNext()
    try store.generations.promote(next.number)
    #expect(try ProfileContents(old) == before)
    try store.generations.drop(old.number)
    #expect(try ProfileContents(old) == before)
    #expect(try store.generations.numbers() == [2])
  }

  @Test("does not drop the live generation")
  func dropLive() throws {
    let live = try store.project()
    let error = #expect(throws: ProjectionError.self) { try store.generations.drop(live.number) }
    #expect(error?.description.contains("is the live one") == true)
    #expect(try store.generations.numbers() == [1])
  }

  @Test("does not promote a generation that is not there")
  func promoteMissing() throws {
    _ = try store.project()
    let error = #expect(throws: ProjectionError.self) { try store.generations.promote(9) }
    #expect(error?.description == "there is no generation 9; there are 1")
    #expect(try store.generations.liveNumber() == 1)
  }

  @Test("refuses a pointer that names no generation")
  func damagedPointer() throws {
    try store.project().close()
    let path = store.directory.path + "/profiles/current"
    let file = try #require(fopen(path, "w"))
    fputs("one\n", file)
    fclose(file)
    let error = #expect(throws: ProjectionError.self) { try store.generations.liveNumber() }
    #expect(
      error?.description
        == "the read models are damaged: \(path) does not name a generation; run 'hoso rebuild' (the log is not concerned)"
    )
  }

  @Test(
    "refuses a generation of a newer version, and one of an older version, and says what to do",
    arguments: [
      (
        version: UInt32(99),
        text:
          "was written by a newer hoso (read models of version 99, this program knows up to \(Checkpoint.version)); use the newer program, or run 'hoso rebuild'"
      ),
      (
        version: UInt32(0),
        text: "the read models are of version 0 and this program works with \(Checkpoint.version); run 'hoso rebuild'"
      ),
    ])
  func version(version: UInt32, text: String) throws {
    let live = try store.project()
    live.close()
    try setVersion(version, ofFile: live.path)
    for readOnly in [true, false] {
      let error = #expect(throws: ProjectionError.self) { try store.generations.openLive(readOnly: readOnly) }
      #expect(error?.description.hasSuffix(text) == true, "\(error as Any)")
    }
  }

  private func setVersion(_ version: UInt32, ofFile path: String) throws {
    let environment = try Environment.open(path: path)
    defer { environment.close() }
    let meta = try environment.openTable("meta", create: false)
    let key = Array("checkpoint".utf8)
    var transaction = try environment.beginWrite()
    var row = try #require(try transaction.bytes(forKey: key.span.bytes, in: meta))
    row.replaceSubrange(0..<4, with: withUnsafeBytes(of: version.littleEndian) { Array($0) })
    try transaction.put(row.span.bytes, forKey: key.span.bytes, in: meta)
    try transaction.commit()
  }
}

import GeneratedEvents
import Hashing
import KeyValueStore
import Projections
import ReadModels
import Testing

@Suite("The digests of a generation")
struct DigestTests {
  private let store: TestStore

  init() throws {
    var generator = EventGenerator(seed: 21)
    generator.decisionShare = 20
    store = try TestStore(generator.events(600))
  }

  @Test("are kept by table, and their sums by projection and over all")
  func sums() throws {
    let checkpoint = try store.project().checkpoint()
    #expect(checkpoint.version == RowForm.current && checkpoint.isCurrent)
    var all = SetDigest()
    for name in ProjectionName.allCases {
      let digest = try #require(checkpoint.digest(of: name))
      let tags = RowTag.allCases.filter { $0.projection == name }
      #expect(digest == checkpoint.digests.sum(of: tags))
      #expect(checkpoint.versions[name] == name.version)
      all.add(digest)
    }
    #expect(checkpoint.digest == all)
    for tag in RowTag.allCases where tag.projection == .profiles && tag != .credits {
      #expect(checkpoint.digests[tag] != SetDigest(), "\(tag)")
    }
  }

  @Test("are table by table those of the rows, filled at once or changed in many batches")
  func incremental() throws {
    let whole = try store.project()
    let pieces = try store.generations.createNext()
    var generator = EventGenerator(seed: 22)
    try store.catchUp(pieces, statesMax: 9)
    for _ in 0..<3 {
      try store.append(generator.events(40))
      try store.catchUp(whole)
      try store.catchUp(pieces, statesMax: 7)
    }
    let fresh = try store.generations.createNext()
    try store.catchUp(fresh)
    for generation in [whole, pieces, fresh] {
      try generation.verify()
      #expect(try generation.checkpoint().digests == fresh.checkpoint().digests)
      for name in ProjectionName.allCases {
        #expect(try generation.digestOfRows(name) == fresh.checkpoint().digest(of: name))
      }
    }
  }

  @Test("find a row that is not as it was written, in every table", arguments: RowTag.allCases)
  func damage(tag: RowTag) throws {
    let live = try store.project()
    live.close()
    guard try changeRow(of: tag.name, in: live.path) else { return }
    let opened = try store.generations.openGeneration(live.number)
    let error = #expect(throws: ProjectionError.self) { try opened.verify() }
    let text = error?.description ?? ""
    #expect(text.contains("table '\(tag.name)' of generation 1") || text.contains("a row ends early"), "\(text)")
  }

  @Test(
    "and the form of the other tables find rows of another size",
    arguments: ["backlinks", "unlinkable", "membership", "owned"])
  func indices(table: String) throws {
    let live = try store.project()
    live.close()
    guard try changeRow(of: table, in: live.path, lengthening: true) else { return }
    let error = #expect(throws: ProjectionError.self) {
      try store.generations.openGeneration(live.number).verify()
    }
    #expect(
      error?.description
        == "the read models are damaged: the table '\(table)' of generation 1 has a malformed row; run 'hoso rebuild' (the log is not concerned)"
    )
  }

  @Test("are read while progress says how many rows of how many")
  func progress() throws {
    let live = try store.project()
    var last = (read: 0, total: 0)
    try live.verify { last = ($0, $1) }
    #expect(last.total == (try live.rowCount()) && last.read <= last.total && last.read > 0)
  }

  /// Changes the last byte of the first row of a table. False where the table has no rows.
  private func changeRow(of name: String, in path: String, lengthening: Bool = false) throws -> Bool {
    let environment = try Environment.open(path: path)
    defer { environment.close() }
    let table = try environment.openTable(name, create: false)
    var found: (key: [UInt8], row: [UInt8])?
    try environment.read { transaction in
      try transaction.forEach(in: table) { key, row in
        found = (key.withUnsafeBytes { Array($0) }, row.withUnsafeBytes { Array($0) })
        return false
      }
    }
    guard var found else { return false }
    if lengthening { found.row.append(1) } else { found.row[found.row.count - 1] ^= 0x80 }
    var transaction = try environment.beginWrite()
    try transaction.put(found.row.span.bytes, forKey: found.key.span.bytes, in: table)
    try transaction.commit()
    return true
  }
}

import Glibc
import KeyValueStore
import Testing

@Suite("Copies")
struct CopyTests {
  let directory: TemporaryDirectory
  let environment: Environment
  let table: Table

  init() throws {
    directory = try TemporaryDirectory()
    environment = try directory.open()
    table = try environment.openTable("t", create: true)
  }

  @Test(
    "A copy is a working store of its owner only, with the entries of the time of copying", arguments: [false, true])
  func copyWorks(compacting: Bool) throws {
    try environment.append(5000, valueBytes: 100, in: table)
    try environment.copy(to: directory.file("copy.mdb"), compacting: compacting)
    try environment.put("later", forKey: "later", in: table)
    var status = stat()
    try #require(stat(directory.file("copy.mdb"), &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    let copy = try directory.open("copy.mdb")
    let copied = try copy.openTable("t", create: false)
    #expect(try copy.read { try $0.count(of: copied) } == 5000)
    #expect(try copy.text(forKey: "later", in: copied) == nil)
    let isEqual = try contents(of: copied, in: copy) == contents(of: table, in: environment).dropLast()
    #expect(isEqual)
    try copy.put("2", forKey: "b", in: copied)
    #expect(try copy.text(forKey: "b", in: copied) == "2")
  }

  @Test("A compacting copy leaves out free pages")
  func compacting() throws {
    try environment.append(5000, valueBytes: 100, in: table)
    var transaction = try environment.beginWrite()
    try transaction.clear(table)
    try transaction.commit()
    try environment.copy(to: directory.file("plain.mdb"))
    try environment.copy(to: directory.file("compact.mdb"), compacting: true)
    #expect(try fileSize(directory.file("compact.mdb")) * 10 < fileSize(directory.file("plain.mdb")))
  }

  @Test("An existing file is not overwritten, and a missing directory is named")
  func targets() throws {
    #expect(storeErrorCode { try environment.copy(to: directory.file()) } == .alreadyExists)
    #expect(storeErrorCode { try environment.copy(to: directory.file("none/copy.mdb")) } == .notFound)
    #expect(try environment.text(forKey: "a", in: table) == nil)
  }

  @Test("Syncing works, and the figures describe the file")
  func statistics() throws {
    try environment.append(1000, valueBytes: 100, in: table)
    try environment.sync()
    let statistics = try environment.statistics
    #expect(statistics.fileBytes == statistics.pageCount * statistics.pageBytes)
    #expect(statistics.fileBytes >= 1000 * 100)
    #expect(try statistics.fileBytes == fileSize(directory.file()))
    #expect(statistics.mapBytes == 1 << 40)
    #expect(statistics.readersMax == 254)
    #expect(statistics.lastTransaction == 2)
  }

  private func contents(of table: Table, in environment: Environment) throws -> [[UInt8]] {
    var found: [[UInt8]] = []
    try environment.read { transaction in
      try transaction.forEach(in: table) { key, value in
        found.append(key.withUnsafeBytes { [UInt8]($0) } + value.withUnsafeBytes { [UInt8]($0) })
        return true
      }
    }
    return found
  }
}

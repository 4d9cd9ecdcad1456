import EventLog
import Events
import Glibc
import Platform
import Projections
import Schemas
import Testing

@Suite struct DirectoryTests {
  /// The permission bits of a file.
  private func mode(_ path: String) throws -> mode_t {
    var status = stat()
    try #require(stat(path, &status) == 0, "\(path): errno \(errno)")
    return status.st_mode & 0o777
  }

  @Test("A new data directory belongs to its owner alone, and so does every file in it")
  func permissions() throws {
    let shop = try Shop()
    let nested = DataDirectory(path: shop.parent.path + "/a/b/data")
    _ = try nested.initialise(timeZone: "UTC", currency: nil, region: "VN")
    let platform = try Platform(nested, .creating)
    try platform.project()
    let schema = try shop.parent.write(#"{"$id":"urn:hoso:schema:shop.visited:1","type":"object"}"#, to: "s.json")
    _ = try ShopSchemas(nested).add(schema, to: .builtIn)
    for folder in [
      "/a", "/a/b", "/a/b/data", "/a/b/data/schemas", "/a/b/data/schemas/shop.visited", "/a/b/data/projections",
    ] {
      #expect(try mode(shop.parent.path + folder) == 0o700, "\(folder)")
    }
    for file in [
      "hoso.yaml", "log.mdb", "log.mdb-lock", "projections/current", "projections/1.mdb", "schemas/shop.visited/1.json",
    ] {
      #expect(try mode(nested.path + "/" + file) == 0o600, "\(file)")
    }
  }

  @Test("A directory that is there is taken as it is")
  func existing() throws {
    let parent = try TemporaryDirectory()
    chmod(parent.path, 0o755)
    try DataDirectory(path: parent.path).create()
    #expect(try mode(parent.path) == 0o755)
  }

  @Test(
    "What is no directory, and what cannot be one, is refused", arguments: ["/file", "/file/below", "/file/below/it"])
  func noDirectory(path: String) throws {
    let parent = try TemporaryDirectory()
    try parent.write("", to: "file")
    let error = #expect(throws: DirectoryError.self) { try DataDirectory(path: parent.path + path).create() }
    #expect(error?.description.hasPrefix(parent.path + path) == true)
  }

  @Test("Opening to read or write asks for a log, and creates nothing", arguments: [Platform.Access.reading, .writing])
  func missing(access: Platform.Access) throws {
    let shop = try Shop()
    let error = #expect(throws: DirectoryError.self) { try Platform(shop.directory, access) }
    #expect(
      error?.description
        == "there is no Hoso data in \(shop.directory.path); 'hoso ingest FILE' creates it, and --data or $HOSO_DATA names another directory"
    )
    #expect(Glibc.access(shop.directory.path, F_OK) != 0)
  }

  @Test("A log that is no more than a file is none")
  func emptyLog() throws {
    let shop = try Shop()
    try shop.directory.create()
    _ = try Platform(shop.directory, .creating)
    try TextFile.write("x", to: shop.directory.path + "/other")
    #expect(try Platform(shop.directory, .reading).log.info().last == 0)
  }

  @Test("Text is read as it was written, and only where it is UTF-8")
  func textFiles() throws {
    let parent = try TemporaryDirectory()
    let text = String(repeating: "H\u{1ED3} s\u{1A1}\n", count: 50_000)
    let path = parent.path + "/text"
    #expect(try TextFile.read(path) == nil)
    try TextFile.write(text, to: path)
    #expect(try TextFile.read(path) == text)
    #expect(try mode(path) == 0o600)
    #expect(access(path + ".new", F_OK) != 0)
    #expect(throws: DirectoryError.self) { try TextFile.write("other", to: path) }
    #expect(try TextFile.read(path) == text)
    let latin = try parent.write([0x63, 0x61, 0x66, 0xE9], to: "latin")
    let error = #expect(throws: DirectoryError.self) { try TextFile.read(latin) }
    #expect(error?.description == "\(latin) is not text in UTF-8")
    #expect(throws: DirectoryError.self) { try TextFile.read(parent.path) }
    #expect(throws: DirectoryError.self) { try TextFile.write("x", to: parent.path + "/none/text") }
  }
}

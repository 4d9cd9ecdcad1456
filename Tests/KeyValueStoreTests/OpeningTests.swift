import Glibc
import KeyValueStore
import Testing

@Suite("Opening")
struct OpeningTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("The data file and the lock file are readable by their owner only")
  func fileModes() throws {
    let environment = try directory.open()
    for path in [directory.file(), directory.file() + "-lock"] {
      var status = stat()
      try #require(stat(path, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600, "\(path)")
    }
    environment.close()
  }

  @Test("Opening a file twice in one process is refused, also through a link, until it is closed")
  func doubleOpen() throws {
    let first = try directory.open()
    try #require(symlink(directory.file(), directory.file("link.mdb")) == 0)
    #expect(storeErrorCode { _ = try directory.open() } == .alreadyOpen)
    #expect(storeErrorCode { _ = try directory.open("link.mdb", readOnly: true) } == .alreadyOpen)
    first.close()
    first.close()
    let second = try directory.open()
    #expect(storeErrorCode { _ = try first.openTable("t", create: false) } == .closed)
    #expect(storeErrorCode { _ = try directory.open() } == .alreadyOpen)
    second.close()
  }

  @Test("An environment that is forgotten closes itself")
  func deinitCloses() throws {
    do { _ = try directory.open() }
    _ = try directory.open()
  }

  @Test("Closing waits for the transactions in progress and forbids new ones")
  func closeIsDeferred() throws {
    let environment = try directory.open()
    let table = try environment.openTable("t", create: true)
    try environment.put("1", forKey: "a", in: table)
    try environment.read { reader in
      environment.close()
      let text = try reader.text(forKey: "a", in: table)
      #expect(text == "1")
      #expect(storeErrorCode { try environment.read { _ in } } == .closed)
      #expect(storeErrorCode { _ = try directory.open() } == .alreadyOpen)
    }
    _ = try directory.open()
  }

  @Test("A write transaction outlives the closing of its environment and can be committed")
  func writerOutlivesClose() throws {
    let environment = try directory.open()
    let table = try environment.openTable("t", create: true)
    var writer = try environment.beginWrite()
    environment.close()
    try writer.put("1", forKey: "a", in: table)
    try writer.commit()
    let again = try directory.open()
    #expect(try again.text(forKey: "a", in: again.openTable("t", create: false)) == "1")
  }

  @Test("Values survive closing, and a read-only environment reads them and refuses to write")
  func readOnly() throws {
    let writer = try directory.open()
    try writer.put("1", forKey: "a", in: writer.openTable("t", create: true))
    writer.close()
    let reader = try directory.open(readOnly: true)
    let table = try reader.openTable("t", create: false)
    #expect(try reader.text(forKey: "a", in: table) == "1")
    #expect(storeErrorCode { _ = try reader.beginWrite() } == .readOnly)
    #expect(storeErrorCode { try reader.sync() } == .readOnly)
    #expect(storeErrorCode { _ = try reader.openTable("u", create: true) } == .readOnly)
  }

  @Test("A missing table is told from an existing one, and a table is opened once")
  func tables() throws {
    let environment = try directory.open()
    #expect(storeErrorCode { _ = try environment.openTable("t", create: false) } == .tableMissing)
    let created = try environment.openTable("t", create: true)
    try environment.put("1", forKey: "a", in: created)
    #expect(try environment.text(forKey: "a", in: environment.openTable("t", create: false)) == "1")
    #expect(storeErrorCode { _ = try environment.openTable("", create: true) } == .invalidName)
    #expect(storeErrorCode { _ = try environment.openTable("a\0b", create: true) } == .invalidName)
  }

  @Test("As many tables as the options say can be opened, and no more")
  func tablesMax() throws {
    let environment = try Environment.open(
      path: directory.file(), options: .init(tablesMax: 3, syncsOnCommit: false, diskReserveBytes: 0))
    for number in 0..<3 {
      let table = try environment.openTable("t\(number)", create: true)
      try environment.put("\(number)", forKey: "a", in: table)
    }
    #expect(storeErrorCode { _ = try environment.openTable("t3", create: true) } == .tablesFull)
    for number in 0..<3 {
      #expect(try environment.text(forKey: "a", in: environment.openTable("t\(number)", create: false)) == "\(number)")
    }
  }

  @Test("A missing file is not created by opening it read-only, nor a missing directory by opening it at all")
  func missingFile() throws {
    #expect(storeErrorCode { _ = try directory.open(readOnly: true) } == .notFound)
    #expect(access(directory.file(), F_OK) != 0)
    #expect(storeErrorCode { _ = try directory.open("none/store.mdb") } == .notFound)
    #expect(storeErrorCode { _ = try Environment.open(path: "") } == .invalidName)
  }

  @Test("A directory in which nothing may be created is refused")
  func readOnlyDirectory() throws {
    try #require(chmod(directory.path, 0o500) == 0)
    // The superuser may write everywhere: as somebody else then, on this thread and for this test only.
    let isSuperuser = geteuid() == 0
    if isSuperuser { try #require(chown(directory.path, 65_534, 65_534) == 0) }
    if isSuperuser { try setFileSystemUser(65_534) }
    let code = storeErrorCode { _ = try directory.open() }
    if isSuperuser { try setFileSystemUser(0) }
    #expect(code == .permission)
  }

  /// setfsuid(2), which Swift's Glibc module leaves out.
  private func setFileSystemUser(_ user: uid_t) throws {
    typealias SetUser = @convention(c) (uid_t) -> Int32
    let symbol = try #require(dlsym(nil, "setfsuid"))
    _ = unsafeBitCast(symbol, to: SetUser.self)(user)  // returns the user before, and no error
  }

  @Test("With less free disk than the reserve, nothing is written and reading goes on")
  func diskReserve() throws {
    let before = try directory.open()
    try before.put("1", forKey: "a", in: before.openTable("t", create: true))
    before.close()
    let environment = try directory.open(reserve: Int.max)
    let table = try environment.openTable("t", create: true)
    #expect(storeErrorCode { try environment.put("2", forKey: "a", in: table) } == .diskFull)
    #expect(try environment.text(forKey: "a", in: table) == "1")
  }

  @Test("Network file systems are known by their type, and local ones pass")
  func networkFileSystems() {
    #expect(FileSystem.networkName(ofType: 0x6969) == "NFS")
    #expect(FileSystem.networkName(ofType: 0xFF53_4D42) == "CIFS")
    #expect(FileSystem.networkName(ofType: Int(Int32(bitPattern: 0xFF53_4D42))) == "CIFS")
    #expect(FileSystem.networkName(ofType: 0xFE53_4D42) == "SMB2")
    #expect(FileSystem.networkName(ofType: 0x517B) == "SMB")
    #expect(FileSystem.networkName(ofType: 0x5346_414F) == "AFS")
    for local in [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630] {
      #expect(FileSystem.networkName(ofType: local) == nil)
    }
  }

  @Test("Exactly the versions 0.9.26 to 0.9.31 of the library are refused, and the installed one is not")
  func libraryVersions() {
    for patch: Int32 in 0...40 {
      let version = LibraryVersion(major: 0, minor: 9, patch: patch)
      #expect(version.isSafeForSeveralProcesses == !(26...31).contains(patch))
    }
    #expect(LibraryVersion(major: 1, minor: 9, patch: 26).isSafeForSeveralProcesses)
    #expect(LibraryVersion.loaded.isSafeForSeveralProcesses)
    #expect(Environment.libraryVersion.hasPrefix("0.9."))
  }
}

import CLMDB
import Glibc

extension Environment {
  /// Opens the environment in the file at `path`, and creates it there unless it is opened read-only.
  ///
  /// An empty file counts as new. Slots left by readers that died are freed.
  /// Throws: `unsupportedLibrary`, `invalidName`, `networkFileSystem`, `notFound`, `permission`, `alreadyOpen`,
  /// `corrupted` (also for a file that was cut short), `versionMismatch`, `outOfMemory`, `busy` or `io`.
  package static func open(path: String, options: Options = Options()) throws(StoreError) -> Environment {
    try checkLibrary(path: path)
    try checkPath(path)
    let file = try DataFile(path: path, readOnly: options.readOnly)
    guard OpenFiles.register(file.identity) else { throw StoreError(.alreadyOpen, operation: "open", path: path) }
    do throws(StoreError) {
      return try open(file, options: options)
    } catch {
      OpenFiles.unregister(file.identity) {}
      throw error
    }
  }

  private static func checkLibrary(path: String) throws(StoreError) {
    let version = LibraryVersion.loaded
    guard version.isSafeForSeveralProcesses else {
      throw StoreError(
        .unsupportedLibrary, operation: "open", path: path,
        reason: "LMDB \(version) breaks locking between processes, as 0.9.26 to 0.9.31 do")
    }
  }

  private static func checkPath(_ path: String) throws(StoreError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw StoreError(.invalidName, operation: "open", path: path)
    }
    let type = try fileSystemType(ofPath: path)
    guard let name = FileSystem.networkName(ofType: type) else { return }
    throw StoreError(
      .networkFileSystem, operation: "open", path: path,
      reason: "it lies on a network file system (\(name))")
  }

  /// The type of the file system that holds the file or, where there is no file yet, its directory.
  private static func fileSystemType(ofPath path: String) throws(StoreError) -> Int {
    if case .success(let type) = FileSystem.type(ofPath: path) { return type }
    let directory = FileSystem.directory(ofPath: path)
    switch FileSystem.type(ofPath: directory) {
    case .success(let type):
      return type
    case .failure(let number):
      throw StoreError(
        .init(errorNumber: number.value), operation: "open", path: path,
        reason: number.value == ENOENT ? "the directory \(directory) does not exist" : nil)
    }
  }

  private static func open(_ file: DataFile, options: Options) throws(StoreError) -> Environment {
    let pointer = try openLibraryEnvironment(file, options: options)
    do throws(StoreError) {
      let pageBytes = try check(pointer, file)
      return Environment(
        path: file.path, options: options, identity: file.identity,
        handle: Handle(pointer: pointer), pageBytes: pageBytes)
    } catch {
      mdb_env_close(pointer)
      throw error
    }
  }

  private static func openLibraryEnvironment(
    _ file: DataFile, options: Options
  ) throws(StoreError) -> OpaquePointer {
    var created: OpaquePointer?
    var result = mdb_env_create(&created)
    guard result == MDB_SUCCESS, let pointer = created else {
      throw StoreError(.init(result: result), operation: "open", path: file.path)
    }
    // MDB_WRITEMAP, MDB_NOLOCK and MDB_MAPASYNC are never set: they let a stray write or a crash damage the file.
    var flags = UInt32(MDB_NOSUBDIR | MDB_NOTLS)
    if options.readOnly { flags |= UInt32(MDB_RDONLY) }
    if !options.syncsOnCommit { flags |= UInt32(MDB_NOSYNC) }
    result = mdb_env_set_mapsize(pointer, Int(max(options.mapBytes, 0)))
    if result == MDB_SUCCESS { result = mdb_env_set_maxdbs(pointer, UInt32(clamping: options.tablesMax)) }
    if result == MDB_SUCCESS { result = mdb_env_set_maxreaders(pointer, UInt32(clamping: options.readersMax)) }
    if result == MDB_SUCCESS { result = mdb_env_open(pointer, file.path, flags, DataFile.mode) }
    guard result == MDB_SUCCESS else {
      mdb_env_close(pointer)
      throw StoreError(.init(result: result), operation: "open", path: file.path)
    }
    return pointer
  }

  /// Makes the name of a new file durable, and that of its directory: who created that may have been killed before it did. Where
  /// the directory above may not be read, somebody else has made it.
  private static func makeNameDurable(_ path: String) -> Int32 {
    let directory = FileSystem.directory(ofPath: path)
    let result = FileSystem.syncDirectory(directory)
    guard result == 0 else { return result }
    let above = FileSystem.syncDirectory(FileSystem.directory(ofPath: directory))
    return above == EACCES ? 0 : above
  }

  /// What LMDB does not do when it opens a file. Returns the page size in bytes.
  private static func check(_ pointer: OpaquePointer, _ file: DataFile) throws(StoreError) -> Int {
    var dead: Int32 = 0
    var statistics = MDB_stat()
    var result = mdb_reader_check(pointer, &dead)
    if result == MDB_SUCCESS { result = mdb_env_stat(pointer, &statistics) }
    var information = MDB_envinfo()
    if result == MDB_SUCCESS { result = mdb_env_info(pointer, &information) }
    // Who created the file may have been killed before its name was durable, but not after the first commit.
    if result == MDB_SUCCESS, file.isNew || information.me_last_txnid == 0 { result = makeNameDurable(file.path) }
    guard result == MDB_SUCCESS else { throw StoreError(.init(result: result), operation: "open", path: file.path) }
    try TruncationCheck.run(environment: pointer, path: file.path, pageBytes: Int(statistics.ms_psize))
    return Int(statistics.ms_psize)
  }
}

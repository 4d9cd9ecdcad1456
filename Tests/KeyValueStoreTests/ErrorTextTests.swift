import KeyValueStore
import Testing

@Suite("Error texts")
struct ErrorTextTests {
  private static let texts: [(StoreError.Code, String)] = [
    (.notFound, "there is no such file or directory. Check the path."),
    (
      .permission,
      "the operating system denies access to the file, its lock file or their directory. Give this user access, or run as the user who owns the file."
    ),
    (.readOnly, "it cannot be written to. Check its permissions and whether its file system is mounted read-only."),
    (.diskFull, "the file system has no space left. Free some disk space and try again."),
    (.corrupted, "the file is not an LMDB store or is damaged. Restore it from a backup."),
    (
      .versionMismatch,
      "the file was written by an incompatible version of LMDB. Use the version of LMDB that wrote it, or restore a backup."
    ),
    (.mapFull, "the store has outgrown the address space it was opened with. Open it with more mapBytes."),
    (
      .readersFull,
      "all slots for readers are taken. End some readers, or raise readersMax while no process has the file open."
    ),
    (.tablesFull, "more tables were opened than the environment allows. Open it with a larger tablesMax."),
    (.transactionFull, "the transaction has changed as many pages as one transaction may. Commit in smaller batches."),
    (.transactionFailed, "an earlier operation of this transaction failed. Begin a new transaction."),
    (.keyEmpty, "the key is empty. Use a key of at least one byte."),
    (.keyTooLong, "the key is longer than 511 bytes. Use a shorter key."),
    (.valueTooLong, "the value is longer than 4 GiB. Split the value."),
    (
      .keyOrder,
      "the key does not come after the last key of the table. Sort the entries, or put them instead of appending."
    ),
    (.busy, "it is locked. Try again when the other holder has finished."),
    (.alreadyOpen, "this process has the file open already. Use the environment that is open, or close it first."),
    (.alreadyExists, "a file of that name exists. Choose another name, or remove the file."),
    (.closed, "it was closed. Open it again."),
    (.forked, "it was opened before the process forked. Open it again in this process."),
    (.networkFileSystem, "it lies on a network file system. Move it to a local disk."),
    (.unsupportedLibrary, "the LMDB library breaks locking between processes. Install another version of liblmdb."),
    (.tableMissing, "there is no such table. Create it first."),
    (
      .tableIncompatible,
      "the name belongs to something that is no table of plain keys and values. Choose another name."
    ),
    (.foreignTable, "the table belongs to another environment. Open the table in the environment of the transaction."),
    (.invalidName, "the name is empty or has a zero byte. Choose another name."),
    (
      .environmentFailed,
      "a write to the disk failed before, so its state is uncertain. Close it, check the disk, and open it again."
    ),
    (
      .outOfMemory,
      "the operating system refused memory or address space. Raise the limit on address space (ulimit -v): a map takes a tebibyte of addresses, and no memory."
    ),
    (.io(5), "Input/output error (error 5). Check the disk and the path."),
    (
      .library(-30_781),
      "MDB_BAD_VALSIZE: Unsupported size of key/DB name/data, or wrong DUPFIXED size (LMDB result -30781). Close the store and open it again."
    ),
  ]

  @Test("Every kind of error says what was wrong and what to do")
  func usualTexts() {
    for (code, text) in Self.texts {
      let error = StoreError(code, operation: "open", path: "/data/log.mdb")
      #expect(error.description == "cannot open /data/log.mdb: " + text)
    }
  }

  @Test("A text names the table, and the numbers where they are known")
  func exactTexts() throws {
    let directory = try TemporaryDirectory()
    let environment = try directory.open()
    let table = try environment.openTable("orders", create: true)
    let key = [UInt8](repeating: 1, count: 600)
    #expect(
      text { try environment.read { _ = try $0.bytes(forKey: key.span.bytes, in: table) } }
        == "cannot read from \(directory.file()), table \"orders\": the key has 600 bytes and may have 1 to 511. Use a shorter key."
    )
    #expect(
      text { _ = try environment.openTable("refunds", create: false) }
        == "cannot open \(directory.file()), table \"refunds\": there is no such table. Create it first.")
    #expect(
      text { _ = try directory.open("none/store.mdb") }
        == "cannot open \(directory.file("none/store.mdb")): the directory \(directory.file("none")) does not exist. Check the path."
    )
    #expect(
      text { try environment.copy(to: directory.file()) }
        == "cannot copy \(directory.file()) to \(directory.file()): a file of that name exists. Choose another name, or remove the file."
    )
  }

  private func text(_ body: () throws -> Void) -> String? {
    #expect(throws: StoreError.self, performing: body)?.description
  }
}

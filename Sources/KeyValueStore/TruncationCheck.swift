import CLMDB
import Glibc

/// Finds a file that was cut short before a read of the lost part kills the process with SIGBUS.
///
/// LMDB does not compare the length of a file with the page count in its header. A file may rightly be shorter: pages
/// that were allocated and freed by one transaction at the end of the file are never written. Then, and only then, the
/// missing pages are all in the list of free pages, which is read here with pread(2) instead of through the map.
struct TruncationCheck {
  let pages: PageFile
  let header: MetaPage

  /// Throws `corrupted` if pages that the newest state needs lie beyond the end of the file.
  static func run(environment: OpaquePointer, path: String, pageBytes: Int) throws(StoreError) {
    var descriptor: Int32 = -1
    var transaction: OpaquePointer?
    var result = mdb_env_get_fd(environment, &descriptor)
    // The read transaction keeps writers of other processes from reusing the pages that are looked at.
    if result == MDB_SUCCESS { result = mdb_txn_begin(environment, nil, UInt32(MDB_RDONLY), &transaction) }
    guard result == MDB_SUCCESS, let transaction else {
      throw StoreError(.init(result: result), operation: "open", path: path)
    }
    defer { mdb_txn_abort(transaction) }
    let pages = PageFile(descriptor: descriptor, pageBytes: pageBytes)
    let snapshot = UInt64(mdb_txn_id(transaction))
    // Two commits by others since the transaction began overwrite its header; the file was whole enough for them.
    guard let header = MetaPage.find(snapshot: snapshot, in: pages) else { return }
    guard try TruncationCheck(pages: pages, header: header).isWhole(path: path) else {
      throw StoreError(.corrupted, operation: "open", path: path, reason: "the file was cut short")
    }
  }

  private func isWhole(path: String) throws(StoreError) -> Bool {
    guard let present = pages.count else {
      throw StoreError(.init(errorNumber: errno), operation: "open", path: path)
    }
    let needed = header.lastPage &+ 1
    guard present < needed else { return true }
    var list = FreePageList(pages: pages, presentCount: present)
    guard list.collect(fromRoot: header.freeListRoot) else { return false }
    return UInt64(list.missing.lazy.filter { $0 < needed }.count) == needed - present
  }
}

/// The two header fields of LMDB 0.9's `MDB_meta` that matter here, at their byte offsets in a page.
struct MetaPage {
  let lastPage: UInt64
  let freeListRoot: UInt64

  private static let freeListRootOffset = 80
  private static let lastPageOffset = 136
  private static let snapshotOffset = 144

  /// The header of the given transaction number among pages 0 and 1, if it is still there.
  static func find(snapshot: UInt64, in pages: PageFile) -> MetaPage? {
    for number: UInt64 in 0...1 {
      guard let page = pages.read(number), page.load(at: snapshotOffset, as: UInt64.self) == snapshot,
        let last = page.load(at: lastPageOffset, as: UInt64.self),
        let root = page.load(at: freeListRootOffset, as: UInt64.self)
      else { continue }
      return MetaPage(lastPage: last, freeListRoot: root)
    }
    return nil
  }
}

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
    guard MetaPage.areConsecutive(in: pages) else {
      throw StoreError(
        .corrupted, operation: "open", path: path,
        reason: "the file is damaged: its two headers do not follow each other")
    }
    let snapshot = UInt64(bitPattern: Int64(mdb_txn_id(transaction)))
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
    var missing: Set<UInt64> = []
    let list = FreePageList(tree: PageTree(pages: pages, pageCount: present), snapshot: header.snapshot)
    let isWhole = list.forEach(fromRoot: header.freeListRoot, { _ in true }) { number in
      if number >= present, number < needed { missing.insert(number) }
      return true
    }
    return isWhole && UInt64(missing.count) == needed - present
  }
}

/// The header fields of LMDB 0.9's `MDB_meta` that matter here, at their byte offsets in a page.
struct MetaPage {
  /// The number of the transaction that wrote it.
  let snapshot: UInt64
  let lastPage: UInt64
  let freeListRoot: UInt64
  /// Of the table of tables.
  let tableRoot: UInt64

  private static let tableRootOffset = 128
  private static let freeListRootOffset = 80
  private static let lastPageOffset = 136
  private static let snapshotOffset = 144

  /// Whether the two headers are those of two transactions in a row, each at its place, as LMDB writes them: the older one is replaced
  /// by each commit. Anything else would hide the newest commit, or show one that never was. Others may be writing.
  static func areConsecutive(in pages: PageFile) -> Bool {
    var former: (UInt64, UInt64)?
    for _ in 0..<100 {
      guard let even = pages.read(0)?.load(at: snapshotOffset, as: UInt64.self),
        let odd = pages.read(1)?.load(at: snapshotOffset, as: UInt64.self)
      else { return false }
      let isFresh = even == 0 && odd <= 1
      let isInOrder = even & 1 == 0 && odd & 1 == 1 && (even &+ 1 == odd || odd &+ 1 == even)
      if isFresh || isInOrder { return true }
      // Both were not read at one time; what does not change any more is so.
      if let former, former == (even, odd) { return false }
      former = (even, odd)
    }
    return true
  }

  /// The header of the newest transaction; nil where the file has not two of them in a row.
  static func newest(in pages: PageFile) -> MetaPage? {
    guard areConsecutive(in: pages) else { return nil }
    let snapshots = (0...1).compactMap { pages.read($0)?.load(at: snapshotOffset, as: UInt64.self) }
    return snapshots.max().flatMap { find(snapshot: $0, in: pages) }
  }

  /// The header of the given transaction number among pages 0 and 1, if it is still there.
  static func find(snapshot: UInt64, in pages: PageFile) -> MetaPage? {
    for number: UInt64 in 0...1 {
      guard let page = pages.read(number), page.load(at: snapshotOffset, as: UInt64.self) == snapshot,
        let last = page.load(at: lastPageOffset, as: UInt64.self),
        let root = page.load(at: freeListRootOffset, as: UInt64.self),
        let tables = page.load(at: tableRootOffset, as: UInt64.self)
      else { continue }
      return MetaPage(snapshot: snapshot, lastPage: last, freeListRoot: root, tableRoot: tables)
    }
    return nil
  }
}

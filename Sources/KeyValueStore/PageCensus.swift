import CLMDB

/// Whether every page of a file has one use: LMDB takes the next pages to write to out of its list of free pages, and where that
/// names a page that is in use, the next commit destroys what lies there.
struct PageCensus {
  private let tree: PageTree
  /// Whether each page must be accounted for. Then the first page of a long value is asked how many it has: they may be more than
  /// it needs, where a longer one was there before.
  private let everyPageHasOne: Bool
  /// A bit for each page that is in use.
  private var used: [UInt64]

  private init(pages: PageFile, pageCount: UInt64, everyPageHasOne: Bool) {
    tree = PageTree(pages: pages, pageCount: pageCount)
    self.everyPageHasOne = everyPageHasOne
    used = Array(repeating: 0, count: Int(pageCount / 64) + 1)
  }

  /// Checks the state that a read transaction sees. Nil where its header was overwritten meanwhile. O(pages of trees).
  static func isSound(
    _ transaction: OpaquePointer, of descriptor: Int32, pageBytes: Int, everyPageHasOne: Bool
  ) -> Bool? {
    let pages = PageFile(descriptor: descriptor, pageBytes: pageBytes)
    guard let header = MetaPage.find(snapshot: UInt64(bitPattern: Int64(mdb_txn_id(transaction))), in: pages) else {
      return nil
    }
    // A file may be shorter than its header says by pages that were freed before they were written.
    var census = PageCensus(pages: pages, pageCount: header.lastPage &+ 1, everyPageHasOne: everyPageHasOne)
    return census.isSound(header)
  }

  private mutating func isSound(_ header: MetaPage) -> Bool {
    guard use(0), use(1), useTree(header.tableRoot), useFreeList(header.freeListRoot) else { return false }
    var free: Set<UInt64> = []
    let isApart = FreePageList(tree: tree, snapshot: header.snapshot).forEach(
      fromRoot: header.freeListRoot, { _ in true }
    ) { number in
      number < tree.pageCount && !isUsed(number) && free.insert(number).inserted
    }
    guard isApart, everyPageHasOne else { return isApart }
    return used.reduce(0) { $0 + $1.nonzeroBitCount } + free.count == Int(tree.pageCount)
  }

  /// Marks the pages of a tree, and of the trees and values that it names.
  private mutating func useTree(_ root: UInt64) -> Bool {
    var (tables, values): ([UInt64], [PageTree.Node]) = ([], [])
    let isWhole = walk(root) { node in
      if node.isTable { tables.append(node.pageNumber ?? 0) }
      if node.isInPagesOfItsOwn { values.append(node) }
    }
    guard isWhole else { return false }
    for value in values where !use(value) { return false }
    for table in tables where !useTree(table) { return false }
    return true
  }

  private mutating func useFreeList(_ root: UInt64) -> Bool {
    var values: [PageTree.Node] = []
    guard walk(root, { if $0.isInPagesOfItsOwn { values.append($0) } }) else { return false }
    for value in values where !use(value) { return false }
    return true
  }

  private mutating func walk(_ root: UInt64, _ note: (PageTree.Node) -> Void) -> Bool {
    var census = self
    defer { self = census }
    return tree.walk(fromRoot: root, { census.use($0) }) { node in
      note(node)
      return true
    }
  }

  /// Marks the pages of a value. False where one of them has another use.
  private mutating func use(_ value: PageTree.Node) -> Bool {
    guard let first = value.pageNumber, first < tree.pageCount else { return false }
    let needed = UInt64((PageTree.headerBytes + value.size + tree.pages.pageBytes - 1) / tree.pages.pageBytes)
    let count = everyPageHasOne ? pageCount(ofValueFrom: first) : needed
    guard let count, count >= needed, count <= tree.pageCount - first else { return false }
    for number in first..<first + count where !use(number) { return false }
    return true
  }

  /// How many pages a long value has; nil where its first page is none of a long value.
  private func pageCount(ofValueFrom first: UInt64) -> UInt64? {
    guard let page = tree.pages.read(byteCount: PageTree.headerBytes, fromPage: first),
      page.load(at: 0, as: UInt64.self) == first, page.load(at: 10, as: UInt16.self).map({ $0 & 4 != 0 }) == true
    else { return nil }
    return page.load(at: 12, as: UInt32.self).map(UInt64.init)
  }

  private mutating func use(_ number: UInt64) -> Bool {
    guard number < tree.pageCount, !isUsed(number) else { return false }
    used[Int(number / 64)] |= 1 << (number % 64)
    return true
  }

  private func isUsed(_ number: UInt64) -> Bool { used[Int(number / 64)] & 1 << (number % 64) != 0 }
}

extension Environment {
  /// Throws `corrupted` where a page has two uses, or is both used and free: writing would destroy what lies there; and, if that is
  /// asked for, where one is neither, so that something has lost it. Readers and writers go on. O(pages that hold no long values).
  package func checkPages(everyPageHasUse: Bool = false) throws(StoreError) {
    let handle = try hold("check")
    defer { release() }
    var descriptor: Int32 = -1
    var result = mdb_env_get_fd(handle.pointer, &descriptor)
    // Two commits by others overwrite the header that a transaction began with.
    for _ in 0..<8 where result == MDB_SUCCESS {
      var transaction: OpaquePointer?
      result = mdb_txn_begin(handle.pointer, nil, UInt32(MDB_RDONLY), &transaction)
      guard result == MDB_SUCCESS, let transaction else { break }
      defer { mdb_txn_abort(transaction) }
      switch PageCensus.isSound(
        transaction, of: descriptor, pageBytes: pageBytes, everyPageHasOne: everyPageHasUse)
      {
      case true: return
      case false:
        throw error(.corrupted, "check", reason: "the file is damaged: its list of free pages is wrong")
      case nil: continue
      }
    }
    guard result == MDB_SUCCESS else { throw error(result: result, "check") }
  }
}

import CLMDB

/// An estimate of how many pages a write transaction has changed, made on the safe side.
///
/// LMDB tells nobody. Per table it is the pages that existed and were rewritten, at most one per put or delete, plus the
/// pages that are new, which is how much the table has grown or the space that was appended.
struct DirtyPages {
  /// From here on callers are told to commit.
  static let pagesFull = 80_000
  /// Here writes are refused: LMDB 0.9.24 spills and leaks pages beyond about 131,000 (OpenLDAP ITS#9155).
  static let pagesMax = 100_000

  private struct Usage {
    var isTouched = false
    var pagesAtStart = 0
    var rewrittenPages = 0
    var appendedBytes = 0
  }

  private let pageBytes: Int
  private var usages: [Usage]
  /// The pages that can be changed before the estimate must be made again.
  private var allowance = Self.pagesMax

  init(tablesMax: Int, pageBytes: Int) {
    self.pageBytes = pageBytes
    // LMDB numbers its two own tables before the first named one.
    usages = Array(repeating: Usage(), count: max(tablesMax, 0) + 2)
  }

  /// The overflow pages that a value takes, none if it stays in its leaf. As in LMDB: a node of more than half a page
  /// moves out, behind a 16-byte page header.
  func overflowPages(keyBytes: Int, valueBytes: Int) -> Int {
    let nodeBytesMax = (pageBytes - 16) / 2 - 2
    guard 8 + keyBytes + valueBytes > nodeBytesMax else { return 0 }
    return (valueBytes + 16 + pageBytes - 1) / pageBytes
  }

  /// Whether the transaction has room for a write that changes that many pages of the table, before it is made.
  mutating func admit(_ pages: Int, in table: Table, of transaction: OpaquePointer) -> Bool {
    if !usages[Int(table.index)].isTouched {
      // Where the count cannot be had, the write that follows reports why.
      let pagesAtStart = Self.pageCount(table.index, transaction) ?? 0
      usages[Int(table.index)] = Usage(isTouched: true, pagesAtStart: pagesAtStart)
    }
    allowance -= pages + Self.splitPages
    guard allowance < 0 else { return true }
    allowance = Self.pagesMax - (estimate(of: transaction) ?? 0) - pages - Self.splitPages
    return allowance >= 0
  }

  /// Notes a put or delete that was made and may have rewritten that many pages.
  mutating func noteRewritten(_ pages: Int, in table: Table) {
    usages[Int(table.index)].rewrittenPages += pages
  }

  /// Notes an append that was made of that many bytes.
  mutating func noteAppended(_ bytes: Int, in table: Table) {
    usages[Int(table.index)].appendedBytes += bytes
  }

  /// Notes that the table was emptied: all its pages are free, and whatever it has from now on is new.
  mutating func noteCleared(_ table: Table) {
    usages[Int(table.index)] = Usage(isTouched: true)
  }

  /// The estimate, in pages. O(tables). Nil if the transaction has failed.
  func estimate(of transaction: OpaquePointer) -> Int? {
    var total = 0
    for (index, usage) in usages.enumerated() where usage.isTouched {
      guard let pagesNow = Self.pageCount(UInt32(index), transaction) else { return nil }
      let grown = max(pagesNow - usage.pagesAtStart, usage.appendedBytes / pageBytes)
      total += min(usage.rewrittenPages, usage.pagesAtStart) + grown
    }
    return total
  }

  /// The new pages that one write adds at most in practice: a split leaf and a split branch.
  private static let splitPages = 2

  private static func pageCount(_ index: UInt32, _ transaction: OpaquePointer) -> Int? {
    var statistics = MDB_stat()
    guard mdb_stat(transaction, index, &statistics) == MDB_SUCCESS else { return nil }
    return Int(statistics.ms_branch_pages + statistics.ms_leaf_pages + statistics.ms_overflow_pages)
  }
}

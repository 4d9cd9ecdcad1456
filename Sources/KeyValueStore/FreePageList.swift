/// Reads LMDB's list of free pages, a B+tree whose values are lists of page numbers, out of the file.
///
/// Layout of LMDB 0.9, `struct MDB_page` and `struct MDB_node`: a page has a 16-byte header with its flags at byte 10 and
/// the end of its node offsets at byte 12; the offsets, two bytes each, begin at byte 16. A node has an 8-byte header:
/// 32 bits of size or page number, 16 bits of flags (or the upper bits of the page number), 16 bits of key length.
struct FreePageList {
  let pages: PageFile
  /// How many pages the file has.
  let presentCount: UInt64
  /// The free pages that lie beyond the end of the file.
  private(set) var missing: Set<UInt64> = []

  private static let headerBytes = 16
  private static let nodeHeaderBytes = 8
  private static let noPage = UInt64.max
  private static let depthMax = 32

  init(pages: PageFile, presentCount: UInt64) {
    self.pages = pages
    self.presentCount = presentCount
  }

  /// Collects the whole tree. False if part of it is missing or makes no sense. O(free pages).
  mutating func collect(fromRoot root: UInt64) -> Bool {
    root == Self.noPage || collect(page: root, depth: 0)
  }

  private mutating func collect(page number: UInt64, depth: Int) -> Bool {
    guard depth < Self.depthMax, number < presentCount, let page = pages.read(number),
      let flags = page.load(at: 10, as: UInt16.self), let lower = page.load(at: 12, as: UInt16.self)
    else { return false }
    let isBranch = flags & 1 != 0
    guard isBranch || flags & 2 != 0 else { return false }
    for slot in stride(from: Self.headerBytes, to: Int(lower), by: 2) {
      guard let node = page.load(at: slot, as: UInt16.self).map(Int.init) else { return false }
      let done = isBranch ? descend(page, node, depth) : collectLeaf(page, node)
      guard done else { return false }
    }
    return true
  }

  private mutating func descend(_ page: PageBytes, _ node: Int, _ depth: Int) -> Bool {
    guard let low = page.load(at: node, as: UInt32.self), let high = page.load(at: node + 4, as: UInt16.self)
    else { return false }
    return collect(page: UInt64(low) | UInt64(high) << 32, depth: depth + 1)
  }

  private mutating func collectLeaf(_ page: PageBytes, _ node: Int) -> Bool {
    guard let size = page.load(at: node, as: UInt32.self), let flags = page.load(at: node + 4, as: UInt16.self),
      let keyBytes = page.load(at: node + 6, as: UInt16.self)
    else { return false }
    let value = node + Self.nodeHeaderBytes + Int(keyBytes)
    guard flags & 1 != 0 else { return collectList(page, at: value) }
    // A long list lies in overflow pages of its own, and the node names the first.
    guard let first = page.load(at: value, as: UInt64.self), first < presentCount,
      UInt64(size) <= presentCount * UInt64(pages.pageBytes),
      let bytes = pages.read(byteCount: Self.headerBytes + Int(size), fromPage: first)
    else { return false }
    return collectList(bytes, at: Self.headerBytes)
  }

  /// A list is its length followed by that many page numbers.
  private mutating func collectList(_ page: PageBytes, at start: Int) -> Bool {
    guard let count = page.load(at: start, as: UInt64.self), count <= UInt64(page.bytes.count / 8) else { return false }
    for index in 0..<Int(count) {
      guard let number = page.load(at: start + 8 + 8 * index, as: UInt64.self) else { return false }
      if number >= presentCount { missing.insert(number) }
    }
    return true
  }
}

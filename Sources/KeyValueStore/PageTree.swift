/// A B+tree of LMDB 0.9, read out of the file without the memory map, and so without trust in it.
///
/// Layout, `struct MDB_page` and `struct MDB_node`: a page has a 16-byte header with its flags at byte 10 and the end of its node
/// offsets at byte 12; the offsets, two bytes each, begin at byte 16. A node has an 8-byte header: 32 bits of size or page number,
/// 16 bits of flags (or the upper bits of the page number), 16 bits of key length.
struct PageTree {
  /// A node of a leaf.
  struct Node {
    let page: PageBytes
    let size: Int
    let flags: UInt16
    let keyBytes: Int
    /// Where the value begins in the page, or what names the pages that it lies in.
    let valueOffset: Int

    /// The key, where it is a number of the machine, as in the list of free pages.
    var number: UInt64? { keyBytes == 8 ? page.load(at: valueOffset - keyBytes, as: UInt64.self) : nil }
    var isInPagesOfItsOwn: Bool { flags & 1 != 0 }
    var isTable: Bool { flags & 2 != 0 }
    /// The first page of a value that lies in pages of its own, or the root of a table.
    var pageNumber: UInt64? {
      page.load(at: isTable ? valueOffset + PageTree.rootOffset : valueOffset, as: UInt64.self)
    }
  }

  static let headerBytes = 16
  static let noPage = UInt64.max
  private static let nodeHeaderBytes = 8
  /// Of a table's root in its record, `struct MDB_db`.
  private static let rootOffset = 40
  private static let depthMax = 32

  let pages: PageFile
  /// How many pages there are.
  let pageCount: UInt64

  /// Shows every page of the tree and every node of its leaves, until one is refused. False then, and where a part of the tree is
  /// missing or makes no sense. O(pages of the tree).
  func walk(fromRoot root: UInt64, _ takePage: (UInt64) -> Bool, _ takeNode: (Node) -> Bool) -> Bool {
    root == Self.noPage || walk(page: root, depth: 0, takePage, takeNode)
  }

  private func walk(page number: UInt64, depth: Int, _ takePage: (UInt64) -> Bool, _ takeNode: (Node) -> Bool) -> Bool {
    guard depth < Self.depthMax, number < pageCount, takePage(number), let page = pages.read(number),
      let flags = page.load(at: 10, as: UInt16.self), let lower = page.load(at: 12, as: UInt16.self)
    else { return false }
    let isBranch = flags & 1 != 0
    guard isBranch || flags & 2 != 0 else { return false }
    for slot in stride(from: Self.headerBytes, to: Int(lower), by: 2) {
      guard let offset = page.load(at: slot, as: UInt16.self).map(Int.init) else { return false }
      let isTaken =
        isBranch
        ? child(at: offset, of: page).map { walk(page: $0, depth: depth + 1, takePage, takeNode) }
        : node(at: offset, of: page).map(takeNode)
      guard isTaken == true else { return false }
    }
    return true
  }

  private func child(at node: Int, of page: PageBytes) -> UInt64? {
    guard let low = page.load(at: node, as: UInt32.self), let high = page.load(at: node + 4, as: UInt16.self)
    else { return nil }
    return UInt64(low) | UInt64(high) << 32
  }

  private func node(at offset: Int, of page: PageBytes) -> Node? {
    guard let size = page.load(at: offset, as: UInt32.self), let flags = page.load(at: offset + 4, as: UInt16.self),
      let keyBytes = page.load(at: offset + 6, as: UInt16.self)
    else { return nil }
    return Node(
      page: page, size: Int(size), flags: flags, keyBytes: Int(keyBytes),
      valueOffset: offset + Self.nodeHeaderBytes + Int(keyBytes))
  }
}

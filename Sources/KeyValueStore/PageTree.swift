/// A B+tree of LMDB 0.9, read out of the file without the memory map, and so without trust in it.
///
/// Layout, `struct MDB_page` and `struct MDB_node`: a page has a 16-byte header with its flags at byte 10 and the end of its node
/// offsets at byte 12; the offsets, two bytes each, begin at byte 16. A node has an 8-byte header: 32 bits of size or page number,
/// 16 bits of flags (or the upper bits of the page number), 16 bits of key length, the key, and the value or the number of its first
/// page.
struct PageTree {
  struct Node {
    let page: PageBytes
    let offset: Int
    let size: Int
    let flags: UInt16
    let keyBytes: Int
    let isBranch: Bool

    /// Where the value begins in the page, or what names the pages that it lies in.
    var valueOffset: Int { offset + PageTree.nodeHeaderBytes + keyBytes }
    /// The offset behind it; nodes have an even number of bytes.
    var end: Int { (valueOffset + (isBranch ? 0 : isInPagesOfItsOwn ? 8 : size) + 1) & ~1 }
    /// Of a branch: the page below.
    var child: UInt64 { UInt64(size) | UInt64(flags) << 32 }
    var key: ArraySlice<UInt8> { page.bytes[valueOffset - keyBytes..<valueOffset] }
    /// The key, where it is a number of the machine, as in the list of free pages.
    var number: UInt64? { keyBytes == 8 ? page.load(at: valueOffset - keyBytes, as: UInt64.self) : nil }
    /// The value, where it lies in the leaf.
    var value: ArraySlice<UInt8>? { isInPagesOfItsOwn ? nil : page.bytes[valueOffset..<valueOffset + size] }
    var isInPagesOfItsOwn: Bool { flags & 1 != 0 }
    var isTable: Bool { flags & 2 != 0 }
    /// The first page of a value that lies in pages of its own, or the root of a table.
    var pageNumber: UInt64? {
      page.load(at: isTable ? valueOffset + PageTree.rootOffset : valueOffset, as: UInt64.self)
    }
  }

  static let headerBytes = 16
  static let noPage = UInt64.max
  fileprivate static let nodeHeaderBytes = 8
  /// Of a table's root in its record, `struct MDB_db`.
  fileprivate static let rootOffset = 40
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
      page.load(at: 0, as: UInt64.self) == number, let flags = page.load(at: 10, as: UInt16.self)
    else { return false }
    let isBranch = flags & 1 != 0
    guard isBranch || flags & 2 != 0, let nodes = nodes(of: page, isBranch: isBranch) else { return false }
    return nodes.allSatisfy { node in
      isBranch ? walk(page: node.child, depth: depth + 1, takePage, takeNode) : takeNode(node)
    }
  }

  /// The nodes of a page in the order of their keys; nil unless they fill it from its upper bound to its end, as LMDB keeps them and
  /// relies on when it removes one.
  private func nodes(of page: PageBytes, isBranch: Bool) -> [Node]? {
    guard let lower = page.load(at: 12, as: UInt16.self), let upper = page.load(at: 14, as: UInt16.self),
      Self.headerBytes...Int(upper) ~= Int(lower)
    else { return nil }
    var nodes: [Node] = []
    for slot in stride(from: Self.headerBytes, to: Int(lower), by: 2) {
      guard let offset = page.load(at: slot, as: UInt16.self), let node = node(at: Int(offset), of: page, isBranch)
      else { return nil }
      nodes.append(node)
    }
    var end = Int(upper)
    for node in nodes.sorted(by: { $0.offset < $1.offset }) {
      guard node.offset == end else { return nil }
      end = node.end
    }
    return end == page.bytes.count ? nodes : nil
  }

  private func node(at offset: Int, of page: PageBytes, _ isBranch: Bool) -> Node? {
    guard let size = page.load(at: offset, as: UInt32.self), let flags = page.load(at: offset + 4, as: UInt16.self),
      let keyBytes = page.load(at: offset + 6, as: UInt16.self)
    else { return nil }
    let node = Node(
      page: page, offset: offset, size: Int(size), flags: flags, keyBytes: Int(keyBytes), isBranch: isBranch)
    return node.end <= page.bytes.count ? node : nil
  }
}

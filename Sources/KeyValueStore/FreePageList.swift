/// Reads LMDB's list of free pages, a tree whose values are lists of page numbers, out of the file. The keys are the numbers of the
/// transactions that freed the pages, ascending; each list descends.
struct FreePageList {
  let tree: PageTree
  /// The last transaction, none after which can have freed anything.
  let snapshot: UInt64

  /// Shows the number of every free page, until one is refused. False then, and where a part of the list is missing or makes no
  /// sense. O(free pages).
  func forEach(fromRoot root: UInt64, _ takePage: (UInt64) -> Bool, _ take: (UInt64) -> Bool) -> Bool {
    var freedBy: UInt64 = 0
    return tree.walk(fromRoot: root, takePage) { node in
      guard let number = node.number, number > freedBy, number <= snapshot else { return false }
      freedBy = number
      guard node.isInPagesOfItsOwn else { return forEach(in: node.page, at: node.valueOffset, take) }
      // A long list lies in pages of its own, and the node names the first.
      guard let first = node.pageNumber, first < tree.pageCount,
        UInt64(node.size) <= tree.pageCount * UInt64(tree.pages.pageBytes),
        let bytes = tree.pages.read(byteCount: PageTree.headerBytes + node.size, fromPage: first)
      else { return false }
      return forEach(in: bytes, at: PageTree.headerBytes, take)
    }
  }

  /// A list is its length followed by that many page numbers.
  private func forEach(in page: PageBytes, at start: Int, _ take: (UInt64) -> Bool) -> Bool {
    guard let count = page.load(at: start, as: UInt64.self), count <= UInt64(page.bytes.count / 8) else { return false }
    var former = UInt64.max
    for index in 0..<Int(count) {
      guard let number = page.load(at: start + 8 + 8 * index, as: UInt64.self), number < former, take(number) else {
        return false
      }
      former = number
    }
    return true
  }
}

/// Looking one value up through the tree of the newest header, where that is whole.
extension PageScan {
  /// The value under a key of a small table as of the last commit; nil where there is none, where a page of the tree is damaged, or
  /// where the value does not lie in its leaf. O(pages of the tree).
  package func committedValue(ofKey key: [UInt8], inTable table: String) -> [UInt8]? {
    let pages = PageFile(descriptor: descriptor, pageBytes: pageBytes)
    let tree = PageTree(pages: pages, pageCount: UInt64(fileBytes / pageBytes))
    guard let header = MetaPage.newest(in: pages),
      let record = node(Array(table.utf8), from: header.tableRoot, of: tree), record.isTable,
      let root = record.pageNumber
    else { return nil }
    return node(key, from: root, of: tree)?.value.map(Array.init)
  }

  private func node(_ key: [UInt8], from root: UInt64, of tree: PageTree) -> PageTree.Node? {
    var found: PageTree.Node?
    let isWhole = tree.walk(fromRoot: root, { _ in true }) { node in
      if node.key.elementsEqual(key) { found = node }
      return true
    }
    return isWhole ? found : nil
  }
}

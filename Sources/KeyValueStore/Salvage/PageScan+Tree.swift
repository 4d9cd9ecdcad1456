/// Looking one value up through the tree of the newest header, where it is whole enough.
///
/// Layout of LMDB 0.9, `struct MDB_meta` and `struct MDB_db`: a header page has the root of the table of tables at byte 128 and the
/// number of its transaction at byte 144; the record of a table has its root at byte 40.
extension PageScan {
  private static let headerMagic: UInt32 = 0xBEEF_C0DE
  private static let depthMax = 32

  /// The value under a key of a table as of the last commit; nil where there is none, or where a page on the way is damaged or the
  /// value does not lie in its leaf.
  package func committedValue(ofKey key: [UInt8], inTable table: String) -> [UInt8]? {
    guard let root = newestRoot(), let record = value(ofKey: Array(table.utf8), from: root),
      let tableRoot = PageBytes(bytes: record).load(at: 40, as: UInt64.self)
    else { return nil }
    return value(ofKey: key, from: tableRoot)
  }

  private func newestRoot() -> UInt64? {
    let headers = (0...1).compactMap { page($0) }.filter { $0.load(at: 16, as: UInt32.self) == Self.headerMagic }
    let newest = headers.max { ($0.load(at: 144, as: UInt64.self) ?? 0) < ($1.load(at: 144, as: UInt64.self) ?? 0) }
    return newest?.load(at: 128, as: UInt64.self)
  }

  private func page(_ number: UInt64) -> PageBytes? {
    guard number < UInt64(fileBytes / pageBytes) else { return nil }
    return read(Place(offset: Int(number) * pageBytes, byteCount: pageBytes)).map(PageBytes.init)
  }

  private func value(ofKey key: [UInt8], from root: UInt64) -> [UInt8]? {
    var number = root
    for _ in 0..<Self.depthMax {
      guard let page = page(number), page.load(at: 0, as: UInt64.self) == number,
        let flags = page.load(at: 10, as: UInt16.self), let nodes = nodes(of: page)
      else { return nil }
      switch flags & 3 {
      case 1:
        // The first node of a branch stands for all keys below the second.
        guard let node = nodes.dropFirst().last(where: { !key.lexicographicallyPrecedes($0.key) }) ?? nodes.first,
          let low = page.load(at: node.offset, as: UInt32.self),
          let high = page.load(at: node.offset + 4, as: UInt16.self)
        else { return nil }
        number = UInt64(low) | UInt64(high) << 32
      case 2: return nodes.first { $0.key == key }.flatMap { value(at: $0.offset, $0.key.count, of: page) }
      default: return nil
      }
    }
    return nil
  }

  private func nodes(of page: PageBytes) -> [(offset: Int, key: [UInt8])]? {
    guard let end = page.load(at: 12, as: UInt16.self).map(Int.init), end <= page.bytes.count else { return nil }
    var nodes: [(offset: Int, key: [UInt8])] = []
    for slot in stride(from: 16, to: end, by: 2) {
      guard let offset = page.load(at: slot, as: UInt16.self).map(Int.init),
        let count = page.load(at: offset + 6, as: UInt16.self).map(Int.init), offset + 8 + count <= page.bytes.count
      else { return nil }
      nodes.append((offset, Array(page.bytes[offset + 8..<offset + 8 + count])))
    }
    return nodes
  }

  private func value(at node: Int, _ keyBytes: Int, of page: PageBytes) -> [UInt8]? {
    let start = node + 8 + keyBytes
    guard let size = page.load(at: node, as: UInt32.self).map(Int.init),
      let flags = page.load(at: node + 4, as: UInt16.self),
      flags & 1 == 0, start + size <= page.bytes.count
    else { return nil }
    return Array(page.bytes[start..<start + size])
  }
}

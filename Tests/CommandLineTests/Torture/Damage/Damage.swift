import Foundation

/// What befalls a file.
struct Damage: CustomStringConvertible {
  enum Kind: String, CaseIterable {
    case bitFlipped = "a bit flipped"
    case freeListFlipped = "a bit flipped in the list of free pages"
    case runOverwritten = "bytes overwritten"
    case pageZeroed = "a page zeroed"
    case pagesSwapped = "two pages swapped"
    case pageCopied = "a page copied over another"
    case pageOlder = "a page as it was"
    case truncated = "cut short"
    case fileOlder = "the file as it was"
  }

  static let pageBytes = 4096

  let kind: Kind
  let place: String
  let content: Data
  /// Whether the file may rightly say what it said earlier: it is that file, or its last write to a header never
  /// arrived, which leaves all that the header before it speaks of. Nothing in the file can tell that.
  private(set) var mayBeEarlier = false
  var description: String { "\(kind.rawValue), \(place)" }

  /// - Parameter older: the same file at an earlier time.
  init(_ kind: Kind, of file: Data, older: Data, using random: inout SeededGenerator) {
    self.kind = kind
    var bytes = file
    let pages = file.count / Self.pageBytes
    let (one, other) = (Self.page(of: pages, &random), Self.page(of: pages, &random))
    switch kind {
    case .bitFlipped:
      let (byte, bit) = (one * Self.pageBytes + Self.offset(&random), Int.random(in: 0..<8, using: &random))
      bytes[byte] ^= 1 << UInt8(bit)
      place = "byte \(byte), bit \(bit)"
    case .freeListFlipped:
      let byte = Int.random(in: Self.freeList(of: file), using: &random)
      bytes[byte] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      place = "byte \(byte)"
    case .runOverwritten:
      let start = one * Self.pageBytes + Self.offset(&random)
      let end = min(file.count, start + Int.random(in: 1...256, using: &random))
      for byte in start..<end { bytes[byte] = UInt8.random(in: 0...255, using: &random) }
      place = "bytes \(start) to \(end)"
    case .pageZeroed:
      bytes.replaceSubrange(Self.range(one), with: Data(count: Self.pageBytes))
      place = "page \(one)"
    case .pagesSwapped:
      bytes.replaceSubrange(Self.range(one), with: file[Self.range(other)])
      bytes.replaceSubrange(Self.range(other), with: file[Self.range(one)])
      place = "pages \(one) and \(other)"
    case .pageCopied:
      bytes.replaceSubrange(Self.range(one), with: file[Self.range(other)])
      place = "page \(other) to \(one)"
    case .pageOlder:
      let page = min(one, older.count / Self.pageBytes - 1)
      bytes.replaceSubrange(Self.range(page), with: older[Self.range(page)])
      place = "page \(page)"
      mayBeEarlier = page < 2
    case .truncated:
      let count = Int.random(in: 0..<file.count, using: &random)
      bytes = file.prefix(count)
      place = "to \(count) bytes"
    case .fileOlder:
      bytes = older
      mayBeEarlier = true
      place = "\(older.count) bytes"
    }
    content = bytes
  }

  /// Where the entries of LMDB's list of free pages lie, of its root page: the newer of two headers names the page, and
  /// the page says where its entries begin. `docs/formats/log.md` says which file this is; LMDB's `mdb.c` the rest.
  private static func freeList(of file: Data) -> Range<Int> {
    func number<Number: FixedWidthInteger>(_ place: Int, _: Number.Type) -> Int {
      file.withUnsafeBytes { Int(truncatingIfNeeded: $0.loadUnaligned(fromByteOffset: place, as: Number.self)) }
    }
    let newer = number(144, UInt64.self) > number(pageBytes + 144, UInt64.self) ? 0 : pageBytes
    let root = number(newer + 80, UInt64.self) * pageBytes
    guard root > 0, root < file.count else { return 0..<pageBytes }
    return (root + number(root + 14, UInt16.self))..<(root + pageBytes)
  }

  /// Any page; often one of the first two, which say where all others are.
  private static func page(of count: Int, _ random: inout SeededGenerator) -> Int {
    Int.random(in: 0..<5, using: &random) == 0
      ? Int.random(in: 0..<2, using: &random) : Int.random(in: 0..<count, using: &random)
  }

  /// Any byte of a page; often one at its front, where its header lies.
  private static func offset(_ random: inout SeededGenerator) -> Int {
    Int.random(in: 0..<(Bool.random(using: &random) ? 160 : pageBytes), using: &random)
  }

  private static func range(_ page: Int) -> Range<Int> { page * pageBytes..<(page + 1) * pageBytes }
}

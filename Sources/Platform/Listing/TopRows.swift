import Expressions

/// The first rows of a sort order, in memory bounded by how many are wanted.
struct TopRows<Row> {
  private typealias Entry = (key: Value, ordinal: Int, row: Row)

  private var rows: [Entry] = []
  private let limit: Int
  private let descending: Bool
  private var seen = 0

  init(limit: Int, descending: Bool) {
    self.limit = limit
    self.descending = descending
  }

  /// Takes a row. O(log limit) on average.
  mutating func insert(_ row: Row, key: Value) {
    rows.append((key, seen, row))
    seen += 1
    // Sorting now and then costs less than a heap and keeps twice the wanted rows at most.
    if limit < 1_000_000, rows.count >= 2 * limit + 256 { rows = Array(ordered().prefix(limit)) }
  }

  func sorted() -> [Row] { ordered().prefix(limit).map(\.row) }

  /// Rows without a value come last either way; ties keep the order in which they came.
  private func ordered() -> [Entry] {
    rows.sorted { a, b in
      if a.key.isNull != b.key.isNull { return b.key.isNull }
      switch a.key.order(before: b.key) {
      case 0: return a.ordinal < b.ordinal
      case let order: return descending ? order > 0 : order < 0
      }
    }
  }
}

extension Value {
  /// Negative when this value sorts before the other, 0 when they are equal, positive otherwise: by kind, then by
  /// value; lists by their length.
  fileprivate func order(before other: Value) -> Int {
    switch (self, other) {
    case (.number(let a), .number(let b)): Self.order(a, b)
    case (.instant(let a), .instant(let b)): Self.order(a, b)
    case (.day(let a), .day(let b)): Self.order(a, b)
    case (.text(let a), .text(let b)): Self.order(a, b)
    case (.bool(let a), .bool(let b)): Self.order(a ? 1 : 0, b ? 1 : 0)
    case (.list(let a), .list(let b)): Self.order(a.count, b.count)
    default: Self.order(rank, other.rank)
    }
  }

  private static func order<Key: Comparable>(_ a: Key, _ b: Key) -> Int { a < b ? -1 : b < a ? 1 : 0 }

  /// The place of the kind among the others.
  private var rank: Int {
    switch self {
    case .null: 0
    case .bool: 1
    case .number: 2
    case .instant: 3
    case .day: 4
    case .text: 5
    case .list: 6
    case .record: 7
    }
  }
}

import Expressions

/// The first rows of a sort order, in memory bounded by how many are wanted.
struct TopRows<Row> {
  private typealias Entry = (key: Value, ordinal: Int, row: Row)

  private var rows: [Entry] = []
  private let limit: Int
  private let descending: Bool
  private var seen = 0
  /// The key of the last row that is wanted so far, once there are enough.
  private var last: Value?

  init(limit: Int, descending: Bool) {
    self.limit = limit
    self.descending = descending
  }

  /// Takes a row. O(1) for one that does not come among the first, O(log limit) on average for others.
  mutating func insert(_ row: Row, key: Value) {
    defer { seen += 1 }
    // Of rows with equal keys the later one comes later.
    if let last, precedence(key, last) >= 0 { return }
    rows.append((key, seen, row))
    // Sorting now and then costs less than a heap and keeps twice the wanted rows at most.
    guard limit < 1_000_000, rows.count >= 2 * limit + 256 else { return }
    rows = Array(ordered().prefix(limit))
    last = rows.last?.key
  }

  /// The first rows of several parts, of which those of earlier ones go before where they tie. There must be one at least.
  static func sorted(_ parts: [TopRows]) -> [Row] {
    var all = parts[0]
    for part in parts.dropFirst() {
      all.rows += part.rows.map { ($0.key, $0.ordinal + all.seen, $0.row) }
      all.seen += part.seen
    }
    return all.ordered().prefix(all.limit).map(\.row)
  }

  /// Ties keep the order in which they came.
  private func ordered() -> [Entry] {
    rows.sorted { a, b in
      let order = precedence(a.key, b.key)
      return order != 0 ? order < 0 : a.ordinal < b.ordinal
    }
  }

  /// Negative when the first comes before the second. Rows without a value come last either way.
  private func precedence(_ a: Value, _ b: Value) -> Int {
    if a.isNull != b.isNull { return a.isNull ? 1 : -1 }
    return descending ? -a.order(before: b) : a.order(before: b)
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

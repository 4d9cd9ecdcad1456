import Expressions
package import TimeZones

/// Which rows of a kind are wanted, and in what order.
package struct Listing<Row> {
  package let fields: FieldSet<Row>
  private let filter: Expression?
  private let sort: (field: Field<Row>, descending: Bool)?
  private let limit: Int
  private let context: EvaluationContext

  /// - Parameters:
  ///   - filter: an expression that must hold for a row.
  ///   - sort: a field's name, with a minus before it for the largest first.
  package init(
    _ fields: FieldSet<Row>, filter: String?, sort: String?, limit: Int?, zone: TimeZone
  ) throws {
    self.fields = fields
    self.filter = try filter.map { try Expression($0) }
    self.limit = limit ?? .max
    context = EvaluationContext(zone: zone) { _ in "" }
    if let sort {
      let descending = sort.hasPrefix("-")
      let name = descending ? String(sort.dropFirst()) : sort
      guard let field = fields.field(named: name) else { throw fields.unknown(name) }
      self.sort = (field, descending)
    } else {
      self.sort = nil
    }
    for use in self.filter?.names() ?? [] where fields.field(named: use.name) == nil && !fields.hasGroup(use.name + ".") {
      throw fields.unknown(use.name)
    }
  }

  /// Takes rows from `source`, which calls its argument for each until it returns false, and hands the wanted ones to
  /// `emit` in order. Without a sort order rows stream; with one and a limit, memory is O(limit).
  package func run(_ source: ((Row) throws -> Bool) throws -> Void, emit: @escaping (Row) throws -> Void) throws {
    guard limit > 0 else { return }
    guard let sort else { return try stream(source, emit) }
    var top = TopRows<Row>(limit: limit, descending: sort.descending)
    try source { row in
      if try matches(row) { top.insert(row, key: sort.field.value(row)) }
      return true
    }
    for row in top.sorted() { try emit(row) }
  }

  private func stream(_ source: ((Row) throws -> Bool) throws -> Void, _ emit: @escaping (Row) throws -> Void) throws {
    var count = 0
    try source { row in
      guard try matches(row) else { return true }
      try emit(row)
      count += 1
      return count < limit
    }
  }

  private func matches(_ row: Row) throws -> Bool {
    guard let filter else { return true }
    return try filter.isTrue(for: FieldRecord(row: row, fields: fields), in: context)
  }
}

/// The first rows of a sort order, in memory bounded by how many are wanted.
private struct TopRows<Row> {
  private var rows: [(key: Value, ordinal: Int, row: Row)] = []
  private let limit: Int
  private let descending: Bool
  private var seen = 0

  init(limit: Int, descending: Bool) {
    self.limit = limit
    self.descending = descending
  }

  mutating func insert(_ row: Row, key: Value) {
    rows.append((key, seen, row))
    seen += 1
    // Sorting now and then costs less than a heap and keeps twice the wanted rows at most.
    if limit < 1_000_000, rows.count >= 2 * limit + 256 { rows = Array(ordered().prefix(limit)) }
  }

  func sorted() -> [Row] { ordered().prefix(limit).map(\.row) }

  /// Rows without a value come last either way; ties keep the order in which they came.
  private func ordered() -> [(key: Value, ordinal: Int, row: Row)] {
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
  /// Negative when this value sorts before the other, 0 when they are equal, positive otherwise.
  fileprivate func order(before other: Value) -> Int {
    switch (self, other) {
    case (.number(let a), .number(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.instant(let a), .instant(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.day(let a), .day(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.text(let a), .text(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.bool(let a), .bool(let b)): a == b ? 0 : a ? 1 : -1
    case (.list(let a), .list(let b)): a.count - b.count
    default: 0
    }
  }
}

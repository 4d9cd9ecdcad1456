import Expressions
import Threads
package import TimeZones

/// Which rows of a kind are wanted, and in what order.
package struct Listing<Row> {
  package let fields: FieldSet<Row>
  private let filter: Expression?
  private let filterFields: [Field<Row>]
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
    filterFields = try fields.fields(
      named: (self.filter?.names() ?? []).map { ([$0.name] + $0.rest).joined(separator: ".") })
  }

  /// Whether nothing of a row has a bearing on whether and where it comes but its figures; see ``Field/isFigure``.
  package var readsFiguresOnly: Bool {
    filter?.asksForWholeScopes != true && (filterFields + [sort?.field].compactMap { $0 }).allSatisfy(\.isFigure)
  }

  /// Whether rows are chosen, or put in another order.
  package var isSelective: Bool { filter != nil || sort != nil }

  /// Takes rows from `source` and hands the wanted ones to `emit` in order. Without a sort order rows stream; with one and a
  /// limit, memory is O(limit). Rows without a value come last in either order, and those with equal ones in the order of
  /// the source.
  ///
  /// - Parameters:
  ///   - parts: how many parts the rows come in. Where all of them are looked at, that is done on a thread for each.
  ///   - source: calls its argument for each row of a part until it returns false.
  ///   - complete: makes a whole row of one of which `source` gave the figures only.
  package func run(
    parts: Int = 1, _ source: (Int, (Row) throws -> Bool) throws -> Void,
    completing complete: @escaping (Row) throws -> Row = { $0 },
    emit: @escaping (Row) throws -> Void
  ) throws {
    guard limit > 0 else { return }
    guard let sort else { return try stream(parts, source) { try emit(try complete($0)) } }
    var tops = [TopRows<Row>](repeating: TopRows(limit: limit, descending: sort.descending), count: parts)
    try forEachMatch(of: source, &tops) { top, row in top.insert(row, key: sort.field.value(row)) }
    for row in TopRows.sorted(tops) { try emit(try complete(row)) }
  }

  /// How many rows there are. The arguments are those of `run`. O(rows).
  package func count(parts: Int = 1, _ source: (Int, (Row) throws -> Bool) throws -> Void) throws -> Int {
    var counts = [Int](repeating: 0, count: parts)
    try forEachMatch(of: source, &counts) { count, _ in count += 1 }
    return min(limit, counts.reduce(0, +))
  }

  /// Looks at all rows, each part on a thread of its own with a result of its own.
  private func forEachMatch<Result>(
    of source: (Int, (Row) throws -> Bool) throws -> Void, _ results: inout [Result],
    _ body: @escaping (inout Result, Row) throws -> Void
  ) throws {
    try forEachConcurrently(&results) { part, result in
      let (lookup, filter) = (FieldLookup(fields), try ownFilter())
      try source(part) { row in
        if try matches(row, filter, lookup) { try body(&result, row) }
        return true
      }
    }
  }

  private func stream(
    _ parts: Int, _ source: (Int, (Row) throws -> Bool) throws -> Void, _ emit: @escaping (Row) throws -> Void
  ) throws {
    let lookup = FieldLookup(fields)
    var count = 0
    for part in 0..<parts where count < limit {
      try source(part) { row in
        guard try matches(row, filter, lookup) else { return true }
        try emit(row)
        count += 1
        return count < limit
      }
    }
  }

  /// The filter, compiled for one thread alone: the uses of one that several threads share are counted by all of them, and
  /// the processor passes the counts to and fro.
  private func ownFilter() throws -> Expression? { try filter.map { try Expression($0.source) } }

  /// Fields within a group are only known when a row is asked for them, so a misspelt one is found here.
  private func matches(_ row: Row, _ filter: Expression?, _ lookup: FieldLookup<Row>) throws -> Bool {
    guard let filter else { return true }
    let result = try filter.isTrue(for: FieldRecord(row: row, lookup: lookup), in: context)
    if let name = lookup.unknown { throw fields.unknown(name) }
    return result
  }
}

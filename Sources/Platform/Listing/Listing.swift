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
    for use in self.filter?.names() ?? [] {
      let name = ([use.name] + use.rest).joined(separator: ".")
      if fields.field(named: name) == nil { throw fields.unknown(name) }
    }
  }

  /// Takes rows from `source`, which calls its argument for each until it returns false, and hands the wanted ones to
  /// `emit` in order. Without a sort order rows stream; with one and a limit, memory is O(limit). Rows without a value
  /// come last in either order, and those with equal ones in the order of the source.
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

  /// Fields within a group are only known when a row is asked for them, so a misspelt one is found here.
  private func matches(_ row: Row) throws -> Bool {
    guard let filter else { return true }
    let unknown = UnknownNames()
    let result = try filter.isTrue(for: FieldRecord(row: row, fields: fields, unknown: unknown), in: context)
    if let name = unknown.first { throw fields.unknown(name) }
    return result
  }
}

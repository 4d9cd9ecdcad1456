import Expressions

/// A row as expressions see it: `orders.count` is the field of that name.
final class FieldRecord<Row>: Record {
  private let row: Row
  private let fields: FieldSet<Row>
  private let unknown: UnknownNames
  /// What stands before the names, with its dot; empty for the row itself.
  private let prefix: String

  /// Names that are no fields are noted in `unknown`.
  init(row: Row, fields: FieldSet<Row>, unknown: UnknownNames, prefix: String = "") {
    self.row = row
    self.fields = fields
    self.unknown = unknown
    self.prefix = prefix
  }

  func value(named name: String) -> Value {
    let full = prefix + name
    if let field = fields.field(named: full) { return field.value(row) }
    if fields.hasGroup(full + ".") {
      return .record(FieldRecord(row: row, fields: fields, unknown: unknown, prefix: full + "."))
    }
    unknown.first = unknown.first ?? full
    return .null
  }

  /// A full name wins over a field that is called like its beginning: `email.opened` is not a part of `email`.
  func value(along names: [String]) -> Value? {
    let full = prefix + names.joined(separator: ".")
    if let field = fields.field(named: full) { return field.value(row) }
    if !fields.hasGroup(full + ".") { unknown.first = unknown.first ?? full }
    return nil
  }

  var names: [String] {
    fields.all.filter { $0.name.hasPrefix(prefix) }.map { String($0.name.dropFirst(prefix.count)) }
  }
}

/// What an expression asked a row for in vain.
final class UnknownNames {
  var first: String?
}

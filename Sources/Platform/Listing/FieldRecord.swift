import Expressions

/// A row as expressions see it: `orders.count` is the field of that name.
final class FieldRecord<Row>: Record {
  private let row: Row
  private let lookup: FieldLookup<Row>
  /// What stands before the names, with its dot; empty for the row itself.
  private let prefix: String

  /// Names that are no fields are noted in `lookup`.
  init(row: Row, lookup: FieldLookup<Row>, prefix: String = "") {
    self.row = row
    self.lookup = lookup
    self.prefix = prefix
  }

  func value(named name: String) -> Value {
    let full = prefix.isEmpty ? name : prefix + name
    if let field = lookup.fields.field(named: full) { return field.value(row) }
    if lookup.fields.hasGroup(full + ".") {
      return .record(FieldRecord(row: row, lookup: lookup, prefix: full + "."))
    }
    lookup.noteUnknown(full)
    return .null
  }

  /// A full name wins over a field that is called like its beginning: `email.opened` is not a part of `email`.
  func value(along names: [String]) -> Value? {
    if prefix.isEmpty, let field = lookup.field(along: names) { return field.value(row) }
    let full = prefix + names.joined(separator: ".")
    if !prefix.isEmpty, let field = lookup.fields.field(named: full) { return field.value(row) }
    if !lookup.fields.hasGroup(full + ".") { lookup.noteUnknown(full) }
    return nil
  }

  var names: [String] {
    lookup.fields.all.filter { $0.name.hasPrefix(prefix) }.map { String($0.name.dropFirst(prefix.count)) }
  }
}

/// Finds the fields that an expression names, for one row after the other. For one thread.
final class FieldLookup<Row> {
  let fields: FieldSet<Row>
  /// What an expression asked a row for in vain.
  private(set) var unknown: String?
  /// An expression asks with the same few lists of names for every row, and equal lists at the same place compare at once.
  private var found: [(names: [String], field: Field<Row>?)] = []

  init(_ fields: FieldSet<Row>) { self.fields = fields }

  func field(along names: [String]) -> Field<Row>? {
    for entry in found where entry.names == names { return entry.field }
    let field = fields.field(named: names.joined(separator: "."))
    found.append((names, field))
    return field
  }

  func noteUnknown(_ name: String) { unknown = unknown ?? name }
}

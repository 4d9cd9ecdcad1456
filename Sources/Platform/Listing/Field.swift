package import Events
package import Expressions

/// A column of a listing: a name for `--fields`, `--sort` and `--where`, and how to read it from a row.
package struct Field<Row> {
  package enum Kind: Sendable {
    case text, count, money, time, flag, list
  }

  package let name: String
  /// The heading in tables.
  package let title: String
  package let kind: Kind
  /// The value; amounts are numbers in major units.
  package let value: (Row) -> Value

  package init(_ name: String, _ title: String, _ kind: Kind, _ value: @escaping (Row) -> Value) {
    self.name = name
    self.title = title
    self.kind = kind
    self.value = value
  }
}

extension Value {
  package init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  package init(_ count: Int) { self = .number(ExactDecimal(Int64(count))) }
  package init(microseconds time: Int64?) { self = time.map { .instant(Instant(microseconds: $0)) } ?? .null }
  package init(_ money: Money?) { self = money.map { .number($0.decimal) } ?? .null }
  package init(texts: some Sequence<String>) { self = .list(texts.map { .text($0) }) }
}

/// A row as expressions see it: `orders.count` is the field of that name.
final class FieldRecord<Row>: Record {
  private let row: Row
  private let fields: FieldSet<Row>
  /// What stands before the names, with its dot; empty for the row itself.
  private let prefix: String

  init(row: Row, fields: FieldSet<Row>, prefix: String = "") {
    self.row = row
    self.fields = fields
    self.prefix = prefix
  }

  func value(named name: String) -> Value {
    let full = prefix + name
    if let field = fields.field(named: full) { return field.value(row) }
    return fields.hasGroup(full + ".") ? .record(FieldRecord(row: row, fields: fields, prefix: full + ".")) : .null
  }

  /// A full name wins over a field that is called like its beginning: `email.opened` is not a part of `email`.
  func value(along names: [String]) -> Value? {
    fields.field(named: prefix + names.joined(separator: ".")).map { $0.value(row) }
  }

  var names: [String] { fields.all.map(\.name) }
}

/// The fields of one kind of row.
package struct FieldSet<Row> {
  package let all: [Field<Row>]
  /// Fields whose names are open, such as a shop's own traits.
  private let dynamic: (String) -> Field<Row>?
  private let dynamicPrefix: String?
  private let index: [String: Int]

  package init(_ fields: [Field<Row>], dynamicPrefix: String? = nil, dynamic: @escaping (String) -> Field<Row>? = { _ in nil }) {
    all = fields
    self.dynamic = dynamic
    self.dynamicPrefix = dynamicPrefix
    index = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
  }

  package func field(named name: String) -> Field<Row>? {
    index[name].map { all[$0] } ?? dynamic(name)
  }

  func hasGroup(_ prefix: String) -> Bool {
    prefix == dynamicPrefix || all.contains { $0.name.hasPrefix(prefix) }
  }

  /// The fields of those names, or the error that names an unknown one.
  package func fields(named names: [String]) throws(ListingError) -> [Field<Row>] {
    var found: [Field<Row>] = []
    for name in names {
      guard let field = field(named: name) else { throw unknown(name) }
      found.append(field)
    }
    return found
  }

  func unknown(_ name: String) -> ListingError {
    ListingError("there is no field '\(name)'; fields are \(all.map(\.name).joined(separator: ", "))")
  }
}

/// Words of a listing that make no sense.
package struct ListingError: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

import Events
package import Expressions
package import Projections

/// A field of a row that two generations have differently.
package struct ComparedField {
  package let projection: ProjectionName
  package let table: String
  /// The id of the person or entity; else the key of the row in hexadecimal digits.
  package let key: String
  /// The name that listings have for it. Nil where only one generation has the row, or its fields have no names: then
  /// the values say whether the row is there.
  package let field: String?
  package let before: Value
  package let after: Value
}

extension FieldSet {
  /// The names and values of the fields in which two rows differ.
  func differences(_ before: Row, _ after: Row, besides more: [Field<Row>] = []) -> [(name: String, Value, Value)] {
    (all + more).compactMap { field in
      let (old, new) = (field.value(before), field.value(after))
      return old.comparable == new.comparable ? nil : (field.name, old, new)
    }
  }
}

extension Value {
  /// Equal for equal values.
  fileprivate var comparable: String {
    switch self {
    case .null: "null"
    case .list(let elements): "[" + elements.map(\.comparable).joined(separator: "\u{0}") + "]"
    default: kindName + ":" + (plainText ?? "")
    }
  }
}

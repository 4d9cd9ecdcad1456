import Events
import Expressions
import JSON
import Platform
import Projections

/// A comparison of generations for programs.
enum ComparisonJSON {
  static func write(_ comparison: GenerationComparison, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("generation")
    writer.value(comparison.former)
    writer.key("position")
    writer.value(comparison.formerPosition)
    writer.key("same")
    writer.value(comparison.isSame)
    writer.key("tables")
    writer.beginArray()
    for table in comparison.tables { write(table, to: &writer) }
    writer.endArray()
    writer.endObject()
  }

  private static func write(_ table: TableComparison, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("projection")
    writer.value(table.projection.rawValue)
    writer.key("table")
    writer.value(table.table)
    for (name, count) in [
      ("only_before", table.onlyBefore), ("only_after", table.onlyAfter), ("differing", table.differing),
    ] {
      writer.key(name)
      writer.value(count)
    }
    writer.key("fields")
    writer.beginObject()
    for (name, count) in table.fields.sorted(by: { $0.key < $1.key }) {
      writer.key(name)
      writer.value(count)
    }
    writer.endObject()
    writer.key("samples")
    writer.beginArray()
    for sample in table.samples { write(sample, to: &writer) }
    writer.endArray()
    writer.endObject()
  }

  /// One field of one row.
  static func write(_ difference: ComparedField, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("projection")
    writer.value(difference.projection.rawValue)
    writer.key("table")
    writer.value(difference.table)
    writer.key("key")
    writer.value(difference.key)
    writer.key("field")
    if let field = difference.field { writer.value(field) } else { writer.null() }
    writer.key("before")
    write(difference.before, to: &writer)
    writer.key("after")
    write(difference.after, to: &writer)
    writer.endObject()
  }

  private static func write(_ value: Value, to writer: inout JSONWriter) {
    switch value {
    case .null, .record: writer.null()
    case .bool(let flag): writer.value(flag)
    case .number(let number): writer.raw(number.description)
    case .list(let elements):
      writer.beginArray()
      for element in elements { write(element, to: &writer) }
      writer.endArray()
    default: writer.value(value.plainText ?? "")
    }
  }
}

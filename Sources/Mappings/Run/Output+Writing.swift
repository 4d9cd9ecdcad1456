import Events
import Expressions
import JSON

extension JSONWriter {
  mutating func write(_ output: Output) {
    switch output {
    case .constant(.text(let text)): value(text)
    case .constant(.number(let number)): raw(number)
    case .constant(.bool(let flag)): value(flag)
    case .value(let value): write(value)
    }
  }

  /// Numbers as plain decimals; instants and days as texts of RFC 3339 and ISO 8601.
  mutating func write(_ value: Value) {
    switch value {
    case .null: null()
    case .bool(let flag): self.value(flag)
    case .number(let number): raw(number.description)
    case .text(let text): self.value(text)
    case .instant(let instant): self.value(instant.rfc3339)
    case .day(let day): self.value(day.iso)
    case .list(let elements):
      beginArray()
      for element in elements { write(element) }
      endArray()
    case .record(let record): write(record)
    }
  }

  /// A record's fields without those that are null.
  private mutating func write(_ record: any Record) {
    beginObject()
    record.forEachField { name, field in
      if field.isNull { return }
      key(name)
      write(field)
    }
    endObject()
  }
}

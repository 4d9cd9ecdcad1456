import BinaryCoding
import JSON

/// What is known of a person by name: the latest event that speaks of a field sets it, and null deletes it.
package struct Traits: Hashable, Sendable {
  /// Fields of `data` that hold one value.
  private static let scalars: [StaticString] = [
    "name", "first_name", "last_name", "birthday", "gender", "language", "tags",
  ]
  package static let addressFields = ["line1", "ward", "district", "city", "country"]

  /// By field (`name`, `address.city`, and a shop's own as `traits.favourite`): the value as JSON, nil where deleted.
  private var fields: [String: Register<String?>] = [:]

  package init() {}

  package var isEmpty: Bool { fields.isEmpty }

  /// The fields that have a value, as JSON text.
  package var values: [String: String] { fields.compactMapValues(\.value) }

  mutating func fold(_ data: JSONValue, _ event: FoldedEvent) {
    for name in Self.scalars {
      if let value = data[name] { set("\(name)", value, event) }
    }
    if let address = data["address"] { foldAddress(address, event) }
    if let custom = data["traits"] {
      for (name, value) in custom.members { set("traits." + String(decoding: name.bytes, as: UTF8.self), value, event) }
    }
  }

  /// A null address deletes all its fields.
  private mutating func foldAddress(_ address: JSONValue, _ event: FoldedEvent) {
    for field in Self.addressFields {
      if address.isNull {
        fields["address." + field].set(nil, event)
      } else if let value = address[field] {
        set("address." + field, value, event)
      }
    }
  }

  private mutating func set(_ field: String, _ value: JSONValue, _ event: FoldedEvent) {
    guard !value.isNull else { return fields[field].set(nil, event) }
    var writer = JSONWriter()
    writer.value(value)
    fields[field].set(writer.text, event)
  }

  mutating func merge(_ other: Self) { fields.mergeRegisters(other.fields) }

  func encode(to writer: inout ByteWriter) {
    writer.dictionary(fields) { writer, register in
      writer.register(register) { writer, value in writer.optional(value) { $0.text($1) } }
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    fields = try reader.dictionary { (reader) throws(CodingError) in
      let register = try reader.register { (reader) throws(CodingError) in
        try reader.optional { (reader) throws(CodingError) in try reader.text() }
      }
      guard let register else { throw CodingError("a trait without its event") }
      return register
    }
  }
}

import BinaryCoding
import JSON

/// What is known of a person by name: the latest event that speaks of a field sets it, and null deletes it.
package struct Traits: Hashable, Sendable {
  /// Fields of `data` that hold one value.
  private static let scalars = fields(["name", "first_name", "last_name", "birthday", "gender", "language", "tags"])
  private static let address = fields(["line1", "ward", "district", "city", "country"], prefix: "address.")
  /// The fields of `data` that hold one value, and under whose names they are kept.
  package static let knownFields = scalars.map(\.key)
  /// The fields of `address`, each kept as `address.` and its name.
  package static let addressFields = address.map(\.key)

  /// The name of a field in JSON, the same as a text, and the name under which it is kept.
  private static func fields(_ names: [StaticString], prefix: String = "") -> [(
    json: StaticString, key: String, name: String
  )] {
    names.map { ($0, "\($0)", prefix + "\($0)") }
  }

  /// The field that holds when all of a shop's own fields were deleted, and what their names begin with.
  private static let custom = "traits"
  private static let customPrefix = "traits."

  /// By field (`name`, `address.city`, and a shop's own as `traits.favourite`): the value as JSON, nil where deleted.
  private var fields = NamedValues<Register<String?>>()

  package init() {}

  package var isEmpty: Bool { fields.isEmpty }

  /// The fields that have a value, as JSON text.
  package var values: NamedValues<String> {
    guard let deletion = fields[Self.custom]?.stamp else { return fields.compactMapValues(\.value) }
    var values = NamedValues<String>()
    for entry in fields.entries where !(entry.name.hasPrefix(Self.customPrefix) && entry.value.stamp < deletion) {
      if let value = entry.value.value { values.update(entry.name, adding: value) { $0 = value } }
    }
    return values
  }

  mutating func fold(_ event: FoldedEvent) {
    guard let data = event.data else { return }
    for field in Self.scalars {
      if let value = data[field.json] { set(field.name, value, event) }
    }
    if let address = data["address"] { foldAddress(address, event) }
    if let custom = data["traits"] { foldCustom(custom, event) }
  }

  /// Null in place of the object deletes all of a shop's own fields.
  private mutating func foldCustom(_ custom: JSONValue, _ event: FoldedEvent) {
    if custom.isNull { return fields.set(Self.custom, nil, event) }
    for (name, value) in custom.members {
      set(Self.customPrefix + String(normalising: name.bytes), value, event)
    }
  }

  /// A null address deletes all its fields.
  private mutating func foldAddress(_ address: JSONValue, _ event: FoldedEvent) {
    for field in Self.address {
      if address.isNull {
        fields.set(field.name, nil, event)
      } else if let value = address[field.json] {
        set(field.name, value, event)
      }
    }
  }

  private mutating func set(_ field: String, _ value: JSONValue, _ event: FoldedEvent) {
    guard !value.isNull else { return fields.set(field, nil, event) }
    var writer = JSONWriter()
    writer.value(value)
    fields.set(field, writer.text, event)
  }

  mutating func merge(_ other: Self) { fields.merge(other.fields) }

  func encode(to writer: inout ByteWriter) {
    let stamps = StampList(fields.entries.lazy.map { $0.value.stamp })
    stamps.encode(to: &writer)
    fields.encode(to: &writer) { writer, register in
      stamps.refer(to: register.stamp, in: &writer)
      writer.optional(register.value) { $0.text($1) }
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    let stamps = try StampList(&reader)
    fields = try NamedValues(&reader) { (reader) throws(CodingError) in
      let stamp = try stamps.stamp(&reader)
      return Register(try reader.optional { (reader) throws(CodingError) in try reader.text() }, at: stamp)
    }
  }
}

/// One worker's way to the schemas: it asks the catalogue once for each, and takes no lock afterwards.
///
/// A value of one thread; copies do not share what they have found.
package struct SchemaLookup {
  package let catalogue: SchemaCatalogue
  private var known: [CompiledSchema?]

  package init(_ catalogue: SchemaCatalogue) {
    self.catalogue = catalogue
    known = Array(repeating: nil, count: catalogue.index.entries.count)
  }

  /// The schema of an event's data; nil for an unknown type or version. O(bytes); allocates the first time only.
  package mutating func schema(type: UnsafeBufferPointer<UInt8>, version: Int) -> CompiledSchema? {
    guard let position = catalogue.index.entry(type: type, version: version) else { return nil }
    if let schema = known[position] { return schema }
    let schema = catalogue.schema(at: position)
    known[position] = schema
    return schema
  }
}

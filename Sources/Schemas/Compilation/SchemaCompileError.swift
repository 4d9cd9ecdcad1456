/// Why a schema cannot be used.
package struct SchemaCompileError: Error, Hashable, CustomStringConvertible {
  /// The URI of the schema that holds the mistake.
  package let schema: String
  /// JSON Pointer to the mistake, from that schema's root.
  package let pointer: String
  package let reason: String

  package var description: String { "\(schema)#\(pointer): \(reason)" }
}

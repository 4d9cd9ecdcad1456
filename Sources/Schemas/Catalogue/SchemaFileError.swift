/// Why a shop's own schema file was not taken.
package struct SchemaFileError: Error, Hashable, CustomStringConvertible {
  /// The name of the file.
  package let file: String
  /// JSON Pointer to the mistake.
  package let pointer: String
  package let reason: String
  /// What to do.
  package let remedy: String

  package var description: String {
    "\(file)\(pointer.isEmpty ? "" : " at \(pointer)"): \(reason); \(remedy)"
  }
}

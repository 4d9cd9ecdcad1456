/// One thing about a document that a schema does not allow.
package struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
  /// JSON Pointer (RFC 6901) to the value that failed, behind the prefix that the caller gave.
  package let pointer: String
  /// The keyword that failed: the schema's URI, "#", and a JSON Pointer.
  package let keyword: String
  /// What was expected and what was found, in one sentence without a full stop.
  package let message: String

  package init(pointer: String, keyword: String, message: String) {
    self.pointer = pointer
    self.keyword = keyword
    self.message = message
  }

  package var description: String { "\(pointer.isEmpty ? "the document" : pointer): \(message)" }
}

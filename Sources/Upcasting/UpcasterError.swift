/// Why an upcaster file, or one of its examples, was not taken.
package struct UpcasterError: Error, Hashable, CustomStringConvertible {
  /// The name of the file.
  package let file: String
  /// From 1, in a file of examples; nil in the upcaster itself.
  package let line: Int?
  /// JSON Pointer to the mistake: to the step in an upcaster, into the line in a file of examples.
  package let pointer: String
  package let reason: String
  /// What to do.
  package let remedy: String

  init(file: String, line: Int? = nil, pointer: String, reason: String, remedy: String) {
    self.file = file
    self.line = line
    self.pointer = pointer
    self.reason = reason
    self.remedy = remedy
  }

  package var description: String {
    "\(file)\(line.map { ":\($0)" } ?? "")\(pointer.isEmpty ? "" : " at \(pointer)"): \(reason); \(remedy)"
  }
}

/// Why an event cannot be led to the next version. It quotes nothing of the event but its type.
package struct UpcastError: Error, Hashable, CustomStringConvertible {
  package let type: String
  /// The version that the event had.
  package let version: Int
  /// The number of the step, from 1.
  package let step: Int
  /// What the step does and where: "convert /total".
  package let action: String
  package let reason: String

  /// One line.
  package var description: String {
    "\(type) cannot be led from version \(version) to \(version + 1): step \(step) (\(action)): \(reason)"
  }
}

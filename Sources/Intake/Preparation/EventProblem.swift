package import EventLog
import JSON

package typealias ProblemKind = Reject.Kind

/// What is wrong with an event that was offered.
package struct EventProblem: Error {
  package let kind: ProblemKind
  /// JSON Pointer (RFC 6901) of the value concerned.
  package let pointer: String
  /// One sentence for a person.
  package let reason: String

  init(_ kind: ProblemKind, _ pointer: String, _ reason: String) {
    self.kind = kind
    self.pointer = pointer
    self.reason = reason
  }
}

extension JSONValue {
  /// The text of a string, cut to a length that fits a message.
  var excerpt: String { String((string ?? "").prefix(60)) }
}

extension String {
  /// As one token of a JSON Pointer.
  var pointerToken: String { replacing("~", with: "~0").replacing("/", with: "~1") }
}

extension JSONValue.Kind {
  /// The kind with its article, for messages.
  package var article: String {
    switch self {
    case .null: "null"
    case .true, .false: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

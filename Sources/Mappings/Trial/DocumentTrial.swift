import Expressions

/// What a mapping makes of one document, and how.
package struct DocumentTrial: Sendable {
  /// What the document is called; nil where the mapping has one kind only, or nothing says it.
  package let kind: String?
  package let outcome: MappingOutcome
  /// One for each event, in order.
  package let events: [EventTrial]
}

/// An event with the way of each of its values.
package struct EventTrial: Sendable {
  /// One value of the event.
  package struct Field: Sendable {
    /// `data.items[0].price`.
    package let path: String
    /// As JSON.
    package let value: String
    /// The expression, or the constant, as the mapping has it.
    package let origin: String
  }

  package let fields: [Field]
}

/// A field of a body that the mapping did not ask for.
package struct UnusedField: Sendable, Equatable {
  /// `line_items[].grams`: elements of lists are not told apart.
  package let path: String
  /// The first value there, as JSON.
  package let value: String
}

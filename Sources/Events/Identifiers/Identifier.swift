/// A normalised identifier of a person: one type, one value.
package struct Identifier: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let type: String
  package let value: String

  /// Takes a value that is normalised already; `IdentifierRules.normalise` makes one of what senders write.
  package init(type: String, value: String) {
    self.type = type
    self.value = value
  }

  /// By type, then value.
  package static func < (left: Identifier, right: Identifier) -> Bool {
    (left.type, left.value) < (right.type, right.value)
  }

  /// "email:an@example.com"
  package var description: String { "\(type):\(value)" }
}

/// A kind of identifier and how its values are to be taken.
package struct IdentifierType: Hashable, Sendable {
  /// How a value is brought to its one form.
  package enum Form: Hashable, Sendable {
    /// As it is: case-sensitive.
    case verbatim
    /// Lower case; one '@' with something on either side.
    case email
    /// E.164: "+84901234567".
    case phone
  }

  package let name: String
  /// A person holds at most one value of this type.
  package let isUnique: Bool
  package let form: Form

  package init(name: String, isUnique: Bool = false, form: Form = .verbatim) {
    self.name = name
    self.isUnique = isUnique
    self.form = form
  }
}

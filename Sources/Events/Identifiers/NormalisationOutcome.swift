/// What became of one value.
package enum NormalisationOutcome: Hashable, Sendable {
  /// The normal form has been appended.
  case kept
  /// A placeholder such as "null" or "000-000" that names nobody.
  case blocked
  case malformed(NormalisationProblem)
}

/// Why a value cannot be an identifier of its type.
package enum NormalisationProblem: Error, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  case notUTF8, tooLong, controlCharacter
  case emailWithoutSingleAt, emailWithEmptySide, emailWithSpace
  case phoneWithOtherCharacters, phoneWithExtension, phoneLength, phoneLeadingZero

  package var description: String {
    switch self {
    case .notUTF8: "the value is not valid UTF-8"
    case .tooLong: "the value is longer than \(IdentifierRules.greatestLength) bytes"
    case .controlCharacter: "the value contains a control character"
    case .emailWithoutSingleAt: "an e-mail address has exactly one '@'"
    case .emailWithEmptySide: "an e-mail address has something on either side of its '@'"
    case .emailWithSpace: "an e-mail address has no space inside"
    case .phoneWithOtherCharacters: "a phone number consists of digits, a leading '+', spaces and - . / ( )"
    case .phoneWithExtension:
      "the phone number has an extension, and without it would be everybody's behind that switchboard"
    case .phoneLength: "the phone number has too few or too many digits for its country"
    case .phoneLeadingZero: "a phone number in international form starts with 1 to 9"
    }
  }
}

/// Why `IdentifierRules.normalise(_:type:)` gave no identifier.
package enum IdentifierRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  case unknownType(String)
  case blocked
  case malformed(NormalisationProblem)

  package var description: String {
    switch self {
    case .unknownType(let name): "there is no identifier type '\(name)'; add it to the configuration"
    case .blocked: "the value is on the list of values that name nobody"
    case .malformed(let problem): problem.description
    }
  }
}

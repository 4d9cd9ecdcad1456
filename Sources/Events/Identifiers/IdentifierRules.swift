import UnicodeText

/// The identifier types of a shop and how their values are normalised.
package struct IdentifierRules: Sendable {
  /// No longer value is an identifier; counted in bytes of UTF-8 without surrounding space.
  package static let greatestLength = 256

  /// Strongest first. Of types with the same name only the first counts.
  package let types: [IdentifierType]
  /// Values that name nobody, on every type and in any case, beside the empty value and runs of '0' and '-'.
  package let blocked: [String]
  /// Patterns for further values that name nobody. Intake takes what fits them; it only links nobody, so that a pattern
  /// can be withdrawn.
  package let blockedPatterns: [BlockedPattern]
  /// Where a phone number without a country belongs.
  package let region: PhoneRegion

  let blockedValues: BlockedValues
  let forms: [Form]
  /// The names of the types one after the other, and where each ends.
  private let names: [UInt8]
  private let nameEnds: [Int]

  /// `IdentifierType.Form` made ready.
  enum Form: Sendable {
    case verbatim
    case email(EmailReduction)
    case phone
  }

  /// Rules from configuration: the types strongest first, blocked values in any case, and the region of phone numbers
  /// without a country.
  package init(
    types: [IdentifierType], blocked: [String], blockedPatterns: [BlockedPattern] = [], region: PhoneRegion
  ) {
    self.types = types
    self.blocked = blocked
    self.blockedPatterns = blockedPatterns
    self.region = region
    let forms = types.map { Form($0.form) }
    self.forms = forms
    names = types.flatMap { Array($0.name.utf8) }
    nameEnds = types.indices.map { index in types[...index].reduce(0) { $0 + $1.name.utf8.count } }
    blockedValues = BlockedValues(blocked.flatMap { Self.blockedForms($0, forms: forms, region: region) })
  }

  /// The defaults of the event vocabulary, with phone numbers of Viet Nam.
  package static let standard = IdentifierRules(
    types: [
      IdentifierType(name: "customer_id", limit: 1),
      IdentifierType(name: "email", form: .email(), sharedAbove: ["customer_id": 1]),
      IdentifierType(name: "phone", form: .phone, sharedAbove: ["customer_id": 1]),
      IdentifierType(name: "loyalty_id", limit: 1),
      IdentifierType(name: "marketplace_id"),
      IdentifierType(name: "social_id"),
      IdentifierType(name: "anonymous_id", sharedAbove: ["customer_id": 1]),
    ],
    blocked: [
      "null", "undefined", "none", "nan", "n/a", "unknown", "anonymous", "guest", "test", "true", "false",
      "[object Object]", "-1",
    ],
    region: .vietNam)

  /// The index of a type in `types`, 0 the strongest; nil for unknown types. O(types), no allocation.
  package func strength(ofType name: UnsafeBufferPointer<UInt8>) -> Int? {
    var start = 0
    for strength in nameEnds.indices {
      let end = nameEnds[strength]
      if end - start == name.count, (start..<end).allSatisfy({ names[$0] == name[$0 - start] }) { return strength }
      start = end
    }
    return nil
  }

  /// The same rules where phone numbers belong as by other ones.
  package func inRegion(of other: Self) -> Self {
    IdentifierRules(types: types, blocked: blocked, blockedPatterns: blockedPatterns, region: other.region)
  }

  /// Whether there is a type of that name. O(types).
  package func hasType(_ name: String) -> Bool { types.contains { $0.name == name } }

  /// Whether a normalised identifier names nobody: by the blocked values, by the rule for zeros, or by a pattern.
  /// O(n x length of the patterns); nothing is allocated for ASCII values.
  package func isBlocked(_ identifier: Identifier) -> Bool {
    var value = identifier.value
    let isListed = value.withUTF8 { bytes in
      bytes.contains { $0 >= 0x80 } ? isBlockedText(identifier.value.foldedIdentifier()) : blockedValues.contains(bytes)
    }
    return isListed || blockedPatterns.contains { $0.matches(identifier) }
  }
}

/// Two sets of rules are equal when they were configured alike.
extension IdentifierRules: Equatable {
  package static func == (a: Self, b: Self) -> Bool {
    a.types == b.types && a.blocked == b.blocked && a.blockedPatterns == b.blockedPatterns && a.region == b.region
  }

  /// Whether people are grouped the same by both. Forms and the region have their effect at intake.
  package func groupsLike(_ other: Self) -> Bool {
    types.map(\.linking) == other.types.map(\.linking) && blockedValues == other.blockedValues
      && blockedPatterns == other.blockedPatterns
  }

  /// Whether events fold the same by both, so that people need only be grouped anew: the types are the same, strongest
  /// first, and an event is anchored on its strongest identifier.
  package func foldsLike(_ other: Self) -> Bool { types.map(\.name) == other.types.map(\.name) }
}

extension IdentifierRules.Form {
  fileprivate init(_ form: IdentifierType.Form) {
    self =
      switch form {
      case .verbatim: .verbatim
      case .email(let options): .email(EmailReduction(options))
      case .phone: .phone
      }
  }
}

extension IdentifierRules {
  /// The value in lower case and, since phone numbers and e-mail addresses are also compared in their normal forms, as
  /// each of these that it has.
  private static func blockedForms(_ value: String, forms: [Form], region: PhoneRegion) -> [[UInt8]] {
    let folded = Array(value.foldedIdentifier().utf8)
    var result = [folded]
    var phone: [UInt8] = []
    if folded.withUnsafeBufferPointer({ PhoneNumber.normalise($0, region: region, into: &phone) }) == nil {
      result.append(phone)
    }
    guard folded.withUnsafeBufferPointer({ EmailAddress.problem(in: $0) }) == nil else { return result }
    for case .email(let reduction) in forms {
      var email = folded
      if reduction.apply(to: &email, from: 0) == nil { result.append(email) }
    }
    return result
  }
}

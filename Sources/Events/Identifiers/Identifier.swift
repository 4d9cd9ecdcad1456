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

/// A kind of identifier: how its values are brought to one form, and what they may say about who is who.
package struct IdentifierType: Hashable, Sendable {
  /// How a value is brought to its one form.
  package enum Form: Hashable, Sendable {
    /// As it is: case-sensitive.
    case verbatim
    /// Lower case; one '@' with something on either side; what the options name is taken away.
    case email(EmailOptions = EmailOptions())
    /// E.164: "+84901234567".
    case phone
  }

  package let name: String
  package let form: Form
  /// How many values of this type a person holds at most; 1 for a unique type, nil for any number.
  package var limit: Int?
  /// By another type: a value that was seen together with more values of that type than the number is shared by several
  /// people, and links nobody.
  package var sharedAbove: [String: Int]
  /// A value that was seen together with more other values than this, of whatever types, is shared too.
  package var linksMax: Int
  /// The types with which a value may be linked; nil for all.
  package var linksWith: Set<String>?

  /// What no person has and a bot, a kiosk or a till exceeds within days.
  package static let standardLinksMax = 1000

  package init(
    name: String, form: Form = .verbatim, limit: Int? = nil, sharedAbove: [String: Int] = [:],
    linksMax: Int = Self.standardLinksMax, linksWith: Set<String>? = nil
  ) {
    self.name = name
    self.form = form
    self.limit = limit
    self.sharedAbove = sharedAbove
    self.linksMax = linksMax
    self.linksWith = linksWith
  }
}

extension IdentifierType {
  /// The type as far as it has a say in who is who.
  var linking: IdentifierType {
    IdentifierType(name: name, limit: limit, sharedAbove: sharedAbove, linksMax: linksMax, linksWith: linksWith)
  }
}

/// What of an e-mail address does not tell people apart. By default everything does: what a mail system ignores is for it
/// to know.
package struct EmailOptions: Hashable, Sendable {
  /// Whether `+` and what follows it, before the `@`, is taken away.
  package var dropsTags = false
  /// The domains, in lower case, before whose `@` dots are taken away.
  package var dotlessDomains: Set<String> = []

  package init() {}
}

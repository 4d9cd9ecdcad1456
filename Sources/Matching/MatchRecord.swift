/// What is known of one person that can be compared.
package struct MatchRecord: Sendable {
  /// The full name as given: family and given name in either order, with diacritics.
  package var name: String?
  /// An ISO date, `YYYY-MM-DD`. Of anything else only the digits are compared.
  package var birthday: String?
  /// Parts of a postal address from the most specific to the least: line, ward, district, city. Any may be absent.
  package var address: [String]
  /// Normalised e-mail addresses.
  package var emails: [String]
  /// Phone numbers in the form of E.164.
  package var phones: [String]

  /// What is not known is left out.
  package init(
    name: String? = nil, birthday: String? = nil, address: [String] = [], emails: [String] = [], phones: [String] = []
  ) {
    self.name = name
    self.birthday = birthday
    self.address = address
    self.emails = emails
    self.phones = phones
  }
}

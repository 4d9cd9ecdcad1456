import UnicodeText

/// The identifier types of a shop and how their values are normalised.
package struct IdentifierRules: Sendable {
  /// No longer value is an identifier; counted in bytes of UTF-8 without surrounding space.
  package static let greatestLength = 256

  /// Strongest first. Of types with the same name only the first counts.
  package let types: [IdentifierType]
  /// Values that name nobody, on every type and in any case, beside the empty value and runs of '0' and '-'.
  package let blocked: [String]
  /// Where a phone number without a country belongs.
  package let region: PhoneRegion

  let blockedValues: BlockedValues
  let forms: [IdentifierType.Form]
  /// The names of the types one after the other, and where each ends.
  private let names: [UInt8]
  private let nameEnds: [Int]

  package init(types: [IdentifierType], blocked: [String], region: PhoneRegion) {
    self.types = types
    self.blocked = blocked
    self.region = region
    forms = types.map(\.form)
    names = types.flatMap { Array($0.name.utf8) }
    nameEnds = types.indices.map { index in types[...index].reduce(0) { $0 + $1.name.utf8.count } }
    blockedValues = BlockedValues(blocked.flatMap { Self.blockedForms($0, region: region) })
  }

  /// The defaults of the event vocabulary, with phone numbers of Viet Nam.
  package static let standard = IdentifierRules(
    types: [
      IdentifierType(name: "customer_id", isUnique: true),
      IdentifierType(name: "email", form: .email),
      IdentifierType(name: "phone", form: .phone),
      IdentifierType(name: "loyalty_id", isUnique: true),
      IdentifierType(name: "marketplace_id"),
      IdentifierType(name: "social_id"),
      IdentifierType(name: "anonymous_id"),
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

  /// The value in lower case and, since a phone number is also compared in its normal form, as a phone number.
  private static func blockedForms(_ value: String, region: PhoneRegion) -> [[UInt8]] {
    let folded = Array(nfc(nfc(value.trimmingWhitespace()).lowercased()).utf8)
    var phone: [UInt8] = []
    let problem = folded.withUnsafeBufferPointer { PhoneNumber.normalise($0, region: region, into: &phone) }
    return problem == nil ? [folded, phone] : [folded]
  }
}

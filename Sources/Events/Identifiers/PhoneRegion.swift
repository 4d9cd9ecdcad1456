/// A country or territory, as far as dialling is concerned.
package struct PhoneRegion: Sendable, Hashable {
  /// ISO 3166-1 alpha-2: "VN".
  package let iso3166: String
  let plan: NumberingPlan
  let international: DialledDigits

  init(
    _ iso3166: String, code: StaticString, trunk: StaticString = "0", international: StaticString = "00",
    lengths: ClosedRange<Int>
  ) {
    self.iso3166 = iso3166
    plan = NumberingPlan(
      callingCode: DialledDigits(code), trunkPrefix: DialledDigits(trunk), nationalLengths: lengths)
    self.international = DialledDigits(international)
  }

  /// The region of an ISO 3166-1 alpha-2 code in capitals; nil for regions outside the table. O(regions).
  package init?(_ iso3166: String) {
    guard let region = Self.all.first(where: { $0.iso3166 == iso3166 }) else { return nil }
    self = region
  }

  /// The digits after the '+': "84".
  package var callingCode: String { plan.callingCode.description }
  /// What is dialled before a national number inside the region: "0"; empty where nothing is.
  package var trunkPrefix: String { plan.trunkPrefix.description }
  /// What is dialled before a calling code; "00" is understood everywhere besides.
  package var internationalPrefix: String { international.description }
  /// The digits of a national number, without trunk prefix. Short service numbers are no identifiers.
  package var nationalLengths: ClosedRange<Int> { plan.nationalLengths }
}

/// How the phone numbers behind one calling code are built.
struct NumberingPlan: Hashable, Sendable {
  let callingCode: DialledDigits
  /// Dialled before a national number inside the country only; empty where there is none.
  let trunkPrefix: DialledDigits
  /// The digits of a national number, without trunk prefix.
  let nationalLengths: ClosedRange<Int>

  private var trunkIsZero: Bool { trunkPrefix.count > 0 && trunkPrefix[0] == 0 }

  /// Whether the digits, taken without trunk prefix, can be a national number. Where the trunk prefix is a zero, none
  /// begins with one; elsewhere (Italy) one may, but two are an international prefix everywhere.
  func accepts(_ national: DialledDigits) -> Bool {
    guard nationalLengths.contains(national.count) else { return false }
    let leadingZeros = (0..<national.count).prefix { national[$0] == 0 }.count
    return leadingZeros == 0 || (!trunkIsZero && leadingZeros == 1)
  }

  /// Takes a trunk prefix off. One such as 8 (Russia) or 1 (North America) may also begin a national number; then the
  /// length decides.
  func withoutTrunkPrefix(_ digits: DialledDigits) -> DialledDigits {
    guard trunkPrefix.count > 0, digits.starts(with: trunkPrefix) else { return digits }
    let isWholeWithIt = !trunkIsZero && nationalLengths.contains(digits.count)
    return isWholeWithIt ? digits : digits.dropFirst(trunkPrefix.count)
  }

  /// The plan behind the calling code that begins an international number; nil for codes the table does not have. No
  /// calling code begins with another one, so the first that fits is the one.
  static func plan(of digits: DialledDigits) -> NumberingPlan? {
    for length in 1...3 where length <= digits.count {
      if let plan = byCallingCode[digits.number(ofFirst: length)] { return plan }
    }
    return nil
  }

  /// The index is the calling code as a number.
  private static let byCallingCode: [NumberingPlan?] = {
    var plans = [NumberingPlan?](repeating: nil, count: 1000)
    for region in PhoneRegion.all {
      plans[region.plan.callingCode.number(ofFirst: region.plan.callingCode.count)] = region.plan
    }
    return plans
  }()
}

/// Phone numbers as people write them, brought to E.164 (ITU-T): "+", calling code, national number, at most 15 digits.
enum PhoneNumber {
  private static let greatestCount = 15
  /// What E.164 leaves open for calling codes that `PhoneRegion` does not know.
  private static let plausibleCounts = 7...15
  private static let commonInternationalPrefix = DialledDigits("00")

  /// Appends the E.164 form; on a problem `out` stays as it was. Takes printable ASCII. O(n), no allocation.
  static func normalise(
    _ bytes: UnsafeBufferPointer<UInt8>, region: PhoneRegion, into out: inout [UInt8]
  ) -> NormalisationProblem? {
    var reader = PhoneReader()
    if let problem = reader.read(bytes) { return problem }
    let resolved =
      reader.isInternational
      ? international(reader.digits) : unprefixed(reader.digits, region: region)
    switch resolved {
    case .failure(let problem): return problem
    case .success(let digits):
      out.append(UInt8(ascii: "+"))
      digits.append(to: &out)
      return nil
    }
  }

  private typealias Resolution = Result<DialledDigits, NormalisationProblem>

  /// A number without '+'. Where a trunk prefix is usual, a number that starts with the calling code instead and is
  /// whole without it was meant so; where none is, the national reading goes first.
  private static func unprefixed(_ digits: DialledDigits, region: PhoneRegion) -> Resolution {
    if let dialled = afterInternationalPrefix(digits, region: region) { return .success(dialled) }
    let plan = region.plan
    let startsWithCallingCode = digits.starts(with: plan.callingCode)
    if startsWithCallingCode, plan.trunkPrefix.count > 0, case .success(let whole) = international(digits) {
      return .success(whole)
    }
    let national = plan.withoutTrunkPrefix(digits)
    if plan.accepts(national) { return .success(plan.callingCode.followed(by: national)) }
    return startsWithCallingCode ? international(digits) : .failure(.phoneLength)
  }

  private static func afterInternationalPrefix(_ digits: DialledDigits, region: PhoneRegion) -> DialledDigits? {
    if digits.starts(with: region.international),
      case .success(let whole) = international(digits.dropFirst(region.international.count))
    {
      return whole
    }
    guard digits.starts(with: commonInternationalPrefix) else { return nil }
    let resolved = international(digits.dropFirst(commonInternationalPrefix.count))
    return if case .success(let whole) = resolved { whole } else { nil }
  }

  private static func international(_ digits: DialledDigits) -> Resolution {
    guard digits.count > 0, digits[0] != 0 else { return .failure(.phoneLeadingZero) }
    guard let plan = NumberingPlan.plan(of: digits) else {
      return plausibleCounts.contains(digits.count) ? .success(digits) : .failure(.phoneLength)
    }
    let national = plan.withoutTrunkPrefix(digits.dropFirst(plan.callingCode.count))
    let isWhole = plan.accepts(national) && plan.callingCode.count + national.count <= greatestCount
    return isWhole ? .success(plan.callingCode.followed(by: national)) : .failure(.phoneLength)
  }
}

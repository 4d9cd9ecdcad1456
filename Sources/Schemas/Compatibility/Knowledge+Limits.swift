import JSON

/// What is known about numbers, lengths and texts.
extension Knowledge {
  /// The strictest limit of a size; nil without any.
  func size(_ limit: SizeLimit) -> Int? {
    let sizes = readings.compactMap { $0.size(limit) }
    switch limit {
    case .minProperties: return (sizes + [required.count]).max()
    case .minLength, .minItems: return sizes.max()
    case .maxLength, .maxItems, .maxProperties: return sizes.min()
    }
  }

  /// Whether every number that is possible obeys a limit.
  func obeys(_ bound: Bound, _ limit: DecimalText) -> Bool {
    let isLower = bound == .minimum || bound == .exclusiveMinimum
    let isExclusive = bound == .exclusiveMinimum || bound == .exclusiveMaximum
    return (isLower ? lowerBounds : upperBounds).contains { known in
      if known.limit == limit { return known.isExclusive || !isExclusive }
      return isLower ? known.limit > limit : known.limit < limit
    }
  }

  private var lowerBounds: [BoundReading] { bounds("minimum", "exclusiveMinimum") }
  private var upperBounds: [BoundReading] { bounds("maximum", "exclusiveMaximum") }

  private func bounds(_ inclusive: String, _ exclusive: String) -> [BoundReading] {
    readings.compactMap { $0.number(inclusive).map { BoundReading(limit: $0, isExclusive: false) } }
      + readings.compactMap { $0.number(exclusive).map { BoundReading(limit: $0, isExclusive: true) } }
  }

  /// Whether every number that is possible is a multiple.
  func isMultiple(of divisor: DecimalDivisor) -> Bool {
    // Ones, tenths, hundredths and so on divide all integers.
    if !types.contains(.fraction) && divisor.coefficient == 1 && divisor.exponent <= 0 { return true }
    return readings.contains { reading in reading.divisor.map { divisor.divides($0.number) } ?? false }
  }

  /// Whether one of the schemas has the same text under a keyword.
  func says(_ keyword: String, _ text: JSONValue) -> Bool {
    readings.contains { $0.keywords[keyword]?.isEqual(to: text) ?? false }
  }

  var isUnique: Bool { readings.contains(where: \.isUnique) || (size(.maxItems) ?? .max) <= 1 }
}

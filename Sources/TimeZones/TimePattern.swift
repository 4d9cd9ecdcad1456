/// Compiles the text of a time pattern.
struct TimePattern {
  private let pattern: String
  private var rest: ArraySlice<UInt8>

  init(_ pattern: String) {
    self.pattern = pattern
    rest = Array(pattern.utf8)[...]
  }

  consuming func fields() throws(TimeFormatError) -> [TimeField] {
    guard !rest.isEmpty else { throw .emptyPattern }
    var fields: [TimeField] = []
    while let first = rest.first {
      if first == UInt8(ascii: "'") {
        fields += try quoted().map { .literal($0) }
      } else if (first | 0x20) &- UInt8(ascii: "a") < 26 {
        fields.append(try field(spelledWith: first))
      } else {
        fields.append(.literal(rest.removeFirst()))
      }
    }
    try checkParts(fields)
    return fields
  }

  private mutating func field(spelledWith letter: UInt8) throws(TimeFormatError) -> TimeField {
    let spelling = String(decoding: rest.prefix { $0 == letter }, as: UTF8.self)
    rest = rest.dropFirst(spelling.utf8.count)
    guard let field = TimeField(spelling: spelling) else { throw .unknownField(spelling, pattern: pattern) }
    return field
  }

  /// The text of a quotation, and of one that follows at once; a doubled quote is a quote, inside and outside of them.
  private mutating func quoted() throws(TimeFormatError) -> [UInt8] {
    let quote = UInt8(ascii: "'")
    rest.removeFirst()
    if rest.first == quote {
      rest.removeFirst()
      return [quote]
    }
    var text: [UInt8] = []
    while let end = rest.firstIndex(of: quote) {
      text += rest[..<end]
      rest = rest[(end + 1)...]
      guard rest.first == quote else { return text }
      text.append(quote)
      rest.removeFirst()
    }
    throw .unterminatedQuote(pattern: pattern)
  }

  private func checkParts(_ fields: [TimeField]) throws(TimeFormatError) {
    var seen: Set<String> = []
    for part in fields.compactMap(\.uniquePart) where !seen.insert(part).inserted {
      throw .repeatedField(part, pattern: pattern)
    }
    let hasHalfDayHour = fields.contains { field in
      if case .number(.hourOfHalfDay, _) = field { true } else { false }
    }
    guard hasHalfDayHour == fields.contains(.dayPeriod) else { throw .halfDayMismatch(pattern: pattern) }
  }
}

import UnicodeText

/// The slow path, for values with characters beyond ASCII.
extension IdentifierRules {
  func normaliseUnicode(
    _ value: UnsafeBufferPointer<UInt8>, strength: Int, into out: inout [UInt8]
  ) -> NormalisationOutcome {
    guard let text = String(validating: value, as: UTF8.self) else { return .malformed(.notUTF8) }
    let trimmed = text.withoutInvisibleCharacters().trimmingWhitespace()
    if trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return .malformed(.controlCharacter)
    }
    if trimmed.utf8.count > Self.greatestLength { return .malformed(.tooLong) }
    let folded = trimmed.foldedIdentifier()
    if isBlockedText(folded) { return .blocked }
    switch forms[strength] {
    case .verbatim: return keep(nfc(trimmed), into: &out)
    case .email(let reduction): return normaliseEmail(folded, by: reduction, into: &out)
    case .phone: return normalisePhone(nfc(trimmed), into: &out)
    }
  }

  /// Takes text in lower case.
  func isBlockedText(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { blockedValues.contains($0) }
  }

  /// NFC and lower case can lengthen a text; what is stored has the same limit as what comes in.
  private func keep(_ text: String, into out: inout [UInt8]) -> NormalisationOutcome {
    if text.utf8.count > Self.greatestLength { return .malformed(.tooLong) }
    out.append(contentsOf: text.utf8)
    return .kept
  }

  private func normaliseEmail(
    _ text: String, by reduction: EmailReduction, into out: inout [UInt8]
  ) -> NormalisationOutcome {
    if text.unicodeScalars.contains(where: { $0.properties.isWhitespace }) { return .malformed(.emailWithSpace) }
    let problem = Array(text.utf8).withUnsafeBufferPointer { EmailAddress.problem(in: $0) }
    if let problem { return .malformed(problem) }
    let start = out.count
    let outcome = keep(text, into: &out)
    return outcome == .kept ? reduceEmail(from: start, by: reduction, in: &out) : outcome
  }

  /// Copied from documents and address books, phone numbers come with full-width digits, no-break spaces and typographic
  /// dashes.
  private func normalisePhone(_ text: String, into out: inout [UInt8]) -> NormalisationOutcome {
    guard let ascii = Self.dialled(text) else {
      return .malformed(Self.hasExtension(text) ? .phoneWithExtension : .phoneWithOtherCharacters)
    }
    return ascii.withUnsafeBufferPointer {
      blockedValues.contains($0) ? .blocked : normalisePhone($0, into: &out)
    }
  }

  /// Whether the text ends in an extension whose marker has accents: "máy lẻ 12".
  private static func hasExtension(_ text: String) -> Bool {
    guard let ascii = dialled(foldingDiacritics(text)) else { return false }
    var reader = PhoneReader()
    return ascii.withUnsafeBufferPointer { reader.read($0) } == .phoneWithExtension
  }

  /// The text in ASCII; nil when a character is none that a phone number has.
  private static func dialled(_ text: String) -> [UInt8]? {
    var ascii: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = dialled(scalar) else { return nil }
      ascii.append(byte)
    }
    return ascii
  }

  private static func dialled(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.properties.generalCategory {
    case _ where scalar.isASCII: return UInt8(scalar.value)
    case .decimalNumber: return scalar.properties.numericValue.map { UInt8(ascii: "0") + UInt8($0) }
    case .dashPunctuation: return UInt8(ascii: "-")
    case _ where scalar.properties.isWhitespace: return UInt8(ascii: " ")
    // The full-width forms of ASCII lie in the same order.
    case _ where (0xFF01...0xFF5E).contains(scalar.value): return UInt8(scalar.value - 0xFEE0)
    default: return nil
    }
  }
}

extension String {
  /// What two spellings that differ in letter case, composition, invisible characters or surrounding space have in common.
  func foldedIdentifier() -> String {
    // Lower case may decompose a letter (İ), so it is composed again.
    nfc(nfc(withoutInvisibleCharacters().trimmingWhitespace()).lowercased())
  }

  /// Without characters that show nothing: zero-width spaces and joiners, direction marks, soft hyphens, variation
  /// selectors (the Unicode property Default_Ignorable_Code_Point), and the marks of interlinear annotations.
  func withoutInvisibleCharacters() -> String {
    guard unicodeScalars.contains(where: \.isInvisible) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isInvisible }))
  }

  /// Without the characters of the Unicode property White_Space at both ends.
  func trimmingWhitespace() -> String {
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...last])
  }
}

extension Unicode.Scalar {
  fileprivate var isInvisible: Bool { properties.isDefaultIgnorableCodePoint || (0xFFF9...0xFFFB).contains(value) }
}

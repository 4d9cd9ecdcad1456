import UnicodeText

/// The slow path, for values with characters beyond ASCII.
extension IdentifierRules {
  func normaliseUnicode(
    _ value: UnsafeBufferPointer<UInt8>, strength: Int, into out: inout [UInt8]
  ) -> NormalisationOutcome {
    guard let text = String(validating: value, as: UTF8.self) else { return .malformed(.notUTF8) }
    let trimmed = text.trimmingWhitespace()
    if trimmed.utf8.count > Self.greatestLength { return .malformed(.tooLong) }
    if trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return .malformed(.controlCharacter)
    }
    let composed = nfc(trimmed)
    // Lower case may decompose a letter (İ), so it is composed again.
    let folded = nfc(composed.lowercased())
    if isBlocked(folded) { return .blocked }
    switch forms[strength] {
    case .verbatim: return keep(composed, into: &out)
    case .email: return normaliseEmail(folded, into: &out)
    case .phone: return normalisePhone(composed, into: &out)
    }
  }

  private func isBlocked(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { blockedValues.contains($0) }
  }

  /// NFC and lower case can lengthen a text; what is stored has the same limit as what comes in.
  private func keep(_ text: String, into out: inout [UInt8]) -> NormalisationOutcome {
    if text.utf8.count > Self.greatestLength { return .malformed(.tooLong) }
    out.append(contentsOf: text.utf8)
    return .kept
  }

  private func normaliseEmail(_ text: String, into out: inout [UInt8]) -> NormalisationOutcome {
    if text.unicodeScalars.contains(where: { $0.properties.isWhitespace }) { return .malformed(.emailWithSpace) }
    let problem = Array(text.utf8).withUnsafeBufferPointer { EmailAddress.problem(in: $0) }
    if let problem { return .malformed(problem) }
    return keep(text, into: &out)
  }

  /// Copied from documents and address books, phone numbers come with full-width digits, no-break spaces, typographic
  /// dashes and invisible direction marks.
  private func normalisePhone(_ text: String, into out: inout [UInt8]) -> NormalisationOutcome {
    var ascii: [UInt8] = []
    for scalar in text.unicodeScalars where scalar.properties.generalCategory != .format {
      guard let byte = Self.dialled(scalar) else { return .malformed(.phoneWithOtherCharacters) }
      ascii.append(byte)
    }
    return ascii.withUnsafeBufferPointer {
      blockedValues.contains($0) ? .blocked : normalisePhone($0, into: &out)
    }
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
  /// Without the characters of the Unicode property White_Space at both ends.
  func trimmingWhitespace() -> String {
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...last])
  }
}

extension IdentifierRules {
  /// Brings a value to the one form of its type and appends it to `out`, which stays as it was unless the value is kept.
  ///
  /// Surrounding whitespace and invisible characters go, text becomes NFC, an e-mail address lower case, a phone number
  /// E.164. The strength is the index of the type in `types`. O(n); for ASCII values nothing is allocated but the growth
  /// of `out`.
  package func normalise(
    _ value: UnsafeBufferPointer<UInt8>, strength: Int, into out: inout [UInt8]
  ) -> NormalisationOutcome {
    let trimmed = value.trimmingASCIIWhitespace()
    switch trimmed.contents {
    case .unicode: return normaliseUnicode(trimmed, strength: strength, into: &out)
    case .asciiWithControls: return .malformed(.controlCharacter)
    case .ascii: break
    }
    if trimmed.count > Self.greatestLength { return .malformed(.tooLong) }
    if blockedValues.contains(trimmed) { return .blocked }
    return normaliseASCII(trimmed, form: forms[strength], into: &out)
  }

  /// Normalises a value given as text; for configuration and commands, not for the path of every event.
  package func normalise(_ value: String, type: String) -> Result<Identifier, IdentifierRefusal> {
    guard let strength = types.firstIndex(where: { $0.name == type }) else { return .failure(.unknownType(type)) }
    var normal: [UInt8] = []
    let outcome = Array(value.utf8).withUnsafeBufferPointer {
      normalise($0, strength: strength, into: &normal)
    }
    return switch outcome {
    case .kept: .success(Identifier(type: type, value: String(decoding: normal, as: UTF8.self)))
    case .blocked: .failure(.blocked)
    case .malformed(let problem): .failure(.malformed(problem))
    }
  }

  /// The form of a type applied to printable ASCII.
  private func normaliseASCII(
    _ value: UnsafeBufferPointer<UInt8>, form: Form, into out: inout [UInt8]
  ) -> NormalisationOutcome {
    switch form {
    case .verbatim:
      out.append(contentsOf: value)
      return .kept
    case .email(let reduction):
      if let problem = EmailAddress.problem(in: value) { return .malformed(problem) }
      let start = out.count
      EmailAddress.appendLowerCase(value, to: &out)
      return reduceEmail(from: start, by: reduction, in: &out)
    case .phone:
      return normalisePhone(value, into: &out)
    }
  }

  /// Takes away what does not tell people apart from the address that begins at `start`.
  func reduceEmail(from start: Int, by reduction: EmailReduction, in out: inout [UInt8]) -> NormalisationOutcome {
    if reduction.isNothing { return .kept }
    if let problem = reduction.apply(to: &out, from: start) { return .malformed(problem) }
    return keptUnlessBlocked(from: start, in: &out)
  }

  func normalisePhone(_ value: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) -> NormalisationOutcome {
    let start = out.count
    if let problem = PhoneNumber.normalise(value, region: region, into: &out) { return .malformed(problem) }
    return keptUnlessBlocked(from: start, in: &out)
  }

  /// For normal forms that differ from what was compared before; one that is blocked is taken out again.
  private func keptUnlessBlocked(from start: Int, in out: inout [UInt8]) -> NormalisationOutcome {
    let isBlocked = out.withUnsafeBufferPointer {
      blockedValues.contains(UnsafeBufferPointer(rebasing: $0[start...]))
    }
    guard isBlocked else { return .kept }
    out.removeSubrange(start...)
    return .blocked
  }
}

private enum Contents {
  case ascii, asciiWithControls, unicode
}

extension UnsafeBufferPointer<UInt8> {
  /// Without the ASCII characters of the Unicode property White_Space at both ends.
  fileprivate func trimmingASCIIWhitespace() -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = count
    while start < end, self[start].isASCIIWhitespace { start += 1 }
    while end > start, self[end - 1].isASCIIWhitespace { end -= 1 }
    return UnsafeBufferPointer(rebasing: self[start..<end])
  }

  /// One pass without branches, which the compiler turns into vector instructions.
  fileprivate var contents: Contents {
    var united: UInt8 = 0
    var controls: UInt8 = 0
    for byte in self {
      united |= byte
      controls |= (byte < 0x20 || byte == 0x7F) ? 1 : 0
    }
    if united >= 0x80 { return .unicode }
    return controls == 0 ? .ascii : .asciiWithControls
  }
}

extension UInt8 {
  fileprivate var isASCIIWhitespace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

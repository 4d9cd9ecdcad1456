import UnicodeText

/// A pattern for values that name nobody: `*` stands for any run of characters, `?` for one, and `\` takes the meaning
/// from the character after it. A type before a colon confines it: `email:*@example.com`.
///
/// It is compared with whole normalised values, without regard to ASCII case; a character is a Unicode scalar.
package struct BlockedPattern: Hashable, Sendable, CustomStringConvertible {
  /// The pattern as it was written.
  package let text: String
  /// The only type whose values it blocks; nil for all.
  package let type: String?

  private let elements: [Element]

  private enum Element: Hashable, Sendable {
    case run
    case one
    /// In lower case.
    case scalar(Unicode.Scalar)
  }

  /// Reads a pattern. What stands before its first colon is a type only when it is among the names; `\` before it makes
  /// it text again.
  package init(_ text: String, typeNames: [String]) throws(BlockedPatternError) {
    let colon = text.firstIndex(of: ":")
    type = colon.flatMap { colon in typeNames.first { $0 == text[..<colon] } }
    self.text = text
    let glob = if type != nil, let colon { String(text[text.index(after: colon)...]) } else { text }
    guard let elements = Self.elements(of: nfc(glob.withoutInvisibleCharacters())) else {
      throw .trailingBackslash(text)
    }
    self.elements = elements
    if elements.isEmpty { throw .empty(text) }
    if elements.contains(.run), elements.allSatisfy({ $0 == .run || $0 == .one }) { throw .blocksEverything(text) }
  }

  /// The pattern as it was written.
  package var description: String { text }

  /// Whether the whole value of an identifier, of a type that the pattern is for, fits.
  ///
  /// After a mismatch only the last run grows by a character, so the time is O(pattern x value) at worst and nothing is
  /// kept but two places.
  package func matches(_ identifier: Identifier) -> Bool {
    guard type == nil || type == identifier.type else { return false }
    let value = identifier.value.unicodeScalars
    var (element, place) = (0, value.startIndex)
    var retry: (element: Int, place: String.Index)?
    while place < value.endIndex {
      if element < elements.count, elements[element] == .run {
        element += 1
        retry = (element, place)
      } else if element < elements.count, accepts(value[place], at: element) {
        (element, place) = (element + 1, value.index(after: place))
      } else if let last = retry {
        (element, place) = (last.element, value.index(after: last.place))
        retry = (element, place)
      } else {
        return false
      }
    }
    return elements[element...].allSatisfy { $0 == .run }
  }

  private func accepts(_ scalar: Unicode.Scalar, at position: Int) -> Bool {
    switch elements[position] {
    case .run: false
    case .one: true
    case .scalar(let expected): expected == scalar.loweredASCII
    }
  }

  /// Nil when a backslash has nothing to escape. Runs side by side are one run.
  private static func elements(of glob: String) -> [Element]? {
    var elements: [Element] = []
    var isEscaped = false
    for scalar in glob.unicodeScalars {
      switch scalar {
      case _ where isEscaped:
        elements.append(.scalar(scalar.loweredASCII))
        isEscaped = false
      case "\\": isEscaped = true
      case "*": if elements.last != .run { elements.append(.run) }
      case "?": elements.append(.one)
      default: elements.append(.scalar(scalar.loweredASCII))
      }
    }
    return isEscaped ? nil : elements
  }
}

/// Why a text is no pattern for blocked values.
package enum BlockedPatternError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty(String)
  case trailingBackslash(String)
  case blocksEverything(String)

  /// What is wrong, and what to write instead.
  package var description: String {
    switch self {
    case .empty(let text): "the blocked pattern '\(text)' is empty; write a pattern such as email:*@example.com"
    case .trailingBackslash(let text):
      "the blocked pattern '\(text)' ends in a '\\' with nothing to escape; write '\\\\' for a backslash"
    case .blocksEverything(let text):
      "the blocked pattern '\(text)' would block every value; name at least one character besides '*' and '?'"
    }
  }
}

extension Unicode.Scalar {
  /// "a" for "A"; every other scalar as it is.
  fileprivate var loweredASCII: Unicode.Scalar {
    isASCII ? Unicode.Scalar(UInt8(truncatingIfNeeded: value).loweredASCII) : self
  }
}

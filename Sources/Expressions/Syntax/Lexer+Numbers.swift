import Events

/// Numbers, days and date-times: whatever begins with a digit.
extension Lexer {
  mutating func numberOrDate() throws(ExpressionError) -> Literal {
    let start = position
    let literal = hasForm("dddd-dd-dd", at: start) ? try date() : try number()
    if let following = current, Self.continuesName(following) {
      throw ExpressionError(column: position + 1, message: "expected an operator after \(text(start..<position))")
    }
    return literal
  }

  private mutating func number() throws(ExpressionError) -> Literal {
    let start = position
    skipDigits()
    if current == ".", let digit = scalar(at: position + 1), Self.isDigit(digit) {
      position += 1
      skipDigits()
    }
    let written = text(start..<position)
    guard let number = readNumber(written) else {
      throw ExpressionError(
        column: start + 1, message: "the number \(written) has more digits than can be held exactly")
    }
    return .number(number)
  }

  private mutating func date() throws(ExpressionError) -> Literal {
    let start = position
    position += 10
    if let letter = current, letter == "T" || letter == "t" { return try dateTime(from: start) }
    let written = text(start..<position)
    guard let day = CivilDate(iso: written) else {
      throw ExpressionError(column: start + 1, message: "the calendar has no day \(written)")
    }
    return .day(day)
  }

  private mutating func dateTime(from start: Int) throws(ExpressionError) -> Literal {
    position += 1
    if hasForm("dd:dd:dd", at: position) { position += 8 }
    if current == "." {
      position += 1
      skipDigits()
    }
    if let letter = current, letter == "Z" || letter == "z" {
      position += 1
    } else if hasForm("+dd:dd", at: position) || hasForm("-dd:dd", at: position) {
      position += 6
    }
    let written = text(start..<position)
    do {
      return .instant(try Instant(rfc3339: written))
    } catch {
      throw ExpressionError(column: start + 1, message: "\(written) is no date-time: \(error)")
    }
  }

  private mutating func skipDigits() {
    while let scalar = current, Self.isDigit(scalar) { position += 1 }
  }

  /// Whether the text goes on with this form, in which `d` stands for a digit.
  private func hasForm(_ form: String, at start: Int) -> Bool {
    var index = start
    for expected in form.unicodeScalars {
      guard let found = scalar(at: index) else { return false }
      guard expected == "d" ? Self.isDigit(found) : found == expected else { return false }
      index += 1
    }
    return true
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

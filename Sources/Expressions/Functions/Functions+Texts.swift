import Events

extension Function {
  /// The longest text that a function makes, in bytes: `replace` and `concat` must not exhaust memory.
  static let textLengthMax = 1 << 20

  static let texts: [Function] = [
    Function(
      "concat(value, ...)", 1...unlimited,
      "The values as text, one after the other; null if one of them is null, so that no id is made of half its parts.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.values.contains(where: \.isNull) { return .null }
        var joined = ""
        for index in 0..<arguments.count {
          joined += try arguments.text(index)
          try checkLength(joined.utf8.count)
        }
        return .text(joined)
      }),
    Function("lower(text)", 1...1, "The text in lower case.", onText { $0.lowercased() }),
    Function("upper(text)", 1...1, "The text in capitals.", onText { $0.uppercased() }),
    Function("trim(text)", 1...1, "The text without white space at its ends.", onText { trimmed($0) }),
    Function(
      "replace(text, searched, replacement)", 3...3, "The text with every occurrence of `searched` replaced.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        let (text, searched, replacement) = (try arguments.text(0), try arguments.text(1), try arguments.text(2))
        if searched.isEmpty { return .text(text) }
        let kept = parts(of: text, separatedBy: searched)
        try checkLength(text.utf8.count + (kept.count - 1) * replacement.utf8.count)
        return .text(kept.joined(separator: replacement))
      }),
    Function(
      "substring(text, start[, length])", 2...3,
      "The characters from `start` on, counted from 1; at most `length` of them.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        let tail = try arguments.text(0).dropFirst(try arguments.integer(1, in: 1...Int(Int32.max)) - 1)
        guard arguments.count > 2 else { return .text(String(tail)) }
        return .text(String(tail.prefix(try arguments.integer(2, in: 0...Int(Int32.max)))))
      }),
    Function(
      "split(text, separator)", 2...2, "The list of the parts between the separators.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        let (text, separator) = (try arguments.text(0), try arguments.text(1))
        guard !separator.isEmpty else { throw EvaluationError("the separator of `split` is empty") }
        return .list(parts(of: text, separatedBy: separator).map { .text($0) })
      }),
    Function(
      "starts_with(text, beginning)", 2...2,
      "Whether the text begins so, letter case and accents counted; false for null.",
      onTexts { $0.hasPrefix($1) }),
    Function(
      "ends_with(text, end)", 2...2, "Whether the text ends so, letter case and accents counted; false for null.",
      onTexts { $0.hasSuffix($1) }),
    Function(
      "length(text or list)", 1...1, "The number of characters, or of elements.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        if case .list(let elements) = arguments[0] { return .number(.init(Int64(elements.count))) }
        return .number(.init(Int64(try arguments.text(0).count)))
      }),
    Function(
      "snake(text)", 1...1,
      "A name in small letters, digits and `_`: `Quiz Finished` and `quizFinished` give `quiz_finished`, `Đã xem` gives `da_xem`; null if nothing is left.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        let name = snakeCase(try arguments.text(0))
        return name.isEmpty ? .null : .text(name)
      }),
    Function(
      "base64(text)", 1...1,
      "The text behind base64 (RFC 4648), in the standard or the URL alphabet, with or without padding.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        let text = try arguments.text(0)
        guard let bytes = base64Decoded(text), let decoded = String(validating: bytes, as: UTF8.self) else {
          throw EvaluationError("this is no text in base64", value: arguments[0])
        }
        return .text(decoded)
      }),
    Function(
      "text(value)", 1...1, "A number, instant or day as text: plain decimals, RFC 3339 in UTC, ISO 8601.",
      onText { $0 }),
  ]

  private static func onText(_ transform: @escaping @Sendable (String) -> String) -> Form {
    .values { (arguments, _) throws(EvaluationError) in
      arguments.startWithNull ? .null : .text(transform(try arguments.text(0)))
    }
  }

  private static func onTexts(_ test: @escaping @Sendable (String, String) -> Bool) -> Form {
    .values { (arguments, _) throws(EvaluationError) in
      if arguments.values.contains(where: \.isNull) { return .bool(false) }
      return .bool(test(try arguments.text(0), try arguments.text(1)))
    }
  }

  private static func checkLength(_ count: Int) throws(EvaluationError) {
    guard count <= textLengthMax else { throw EvaluationError("the text grows beyond 1 MiB") }
  }
}

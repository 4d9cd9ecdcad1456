import Events
import JSON

extension Conversion {
  /// - Parameter currency: what lies at the path of the currency, for amounts of money.
  func converted(_ value: Draft, _ currency: Draft?) throws(StepProblem) -> Draft {
    switch self {
    case .text: try Self.text(value)
    case .number: try Self.number(value)
    case .integer: try Self.integer(value)
    case .boolean: try Self.boolean(value)
    case .majorUnits: try Self.majorUnits(value, try Self.currency(currency))
    case .minorUnits: try Self.minorUnits(value, try Self.currency(currency))
    }
  }

  private static func text(_ value: Draft) throws(StepProblem) -> Draft {
    guard value.kind != .string else { return value }
    guard let text = value.scalarText else { throw StepProblem("\(value.kind.words) has no text") }
    return .text(text)
  }

  private static func number(_ value: Draft) throws(StepProblem) -> Draft {
    guard value.kind != .number else { return value }
    guard value.kind == .string else { throw StepProblem("there is \(value.kind.words) and no number") }
    let text = value.withBytes { Array($0) }
    guard NumberText.isNumber(text) else { throw StepProblem("the text is no number") }
    return .number(text)
  }

  private static func integer(_ value: Draft) throws(StepProblem) -> Draft {
    let number = try ExactDecimal(value)
    guard number.isInteger else { throw StepProblem("the number has decimals") }
    return .number(Array(number.description.utf8))
  }

  private static func boolean(_ value: Draft) throws(StepProblem) -> Draft {
    switch value.kind {
    case .true, .false: return value
    case .string where value.withBytes({ $0.spells("true") }): return .flag(true)
    case .string where value.withBytes({ $0.spells("false") }): return .flag(false)
    default: throw StepProblem("there is neither true nor false")
    }
  }

  private static func currency(_ value: Draft?) throws(StepProblem) -> Currency {
    guard let value, value.kind == .string, let currency = value.withBytes({ Currency(utf8: $0) }) else {
      throw StepProblem("the event names no known currency for the amount")
    }
    return currency
  }

  private static func majorUnits(_ value: Draft, _ currency: Currency) throws(StepProblem) -> Draft {
    guard let minorUnits = try ExactDecimal(value).int64 else {
      throw StepProblem("the amount is no whole number of minor units")
    }
    return value.replacingNumber(with: Money(minorUnits: minorUnits, currency: currency).decimalString)
  }

  private static func minorUnits(_ value: Draft, _ currency: Currency) throws(StepProblem) -> Draft {
    let amount = try ExactDecimal(value)
    do {
      return value.replacingNumber(with: String(try Money(amount, currency).minorUnits))
    } catch {
      throw StepProblem("\(error)")
    }
  }
}

extension Scaling {
  func scaled(_ value: Draft) throws(StepProblem) -> Draft {
    let number = try ExactDecimal(value)
    do {
      guard let result = try apply(to: number) else {
        throw StepProblem("the quotient has no end, and no decimals are given to round it to")
      }
      return value.replacingNumber(with: result.description)
    } catch let error as StepProblem {
      throw error
    } catch {
      throw StepProblem("\(error)")
    }
  }
}

extension ValueMap {
  /// Nil where the value goes.
  func mapped(_ value: Draft) -> Draft? {
    if let key = value.scalarText, let new = values[key] { return Draft(new) }
    switch otherwise {
    case .keep: return value
    case .drop: return nil
    case .value(let constant): return Draft(constant)
    }
  }
}

extension ExactDecimal {
  /// A number, or a text that is one as JSON writes numbers.
  fileprivate init(_ value: Draft) throws(StepProblem) {
    guard value.kind == .number || value.kind == .string else {
      throw StepProblem("there is \(value.kind.words) and no number")
    }
    guard let number = value.withBytes({ ExactDecimal(utf8: $0) }) else {
      throw StepProblem("the text is no number, or has more than 38 digits")
    }
    self = number
  }
}

extension Draft {
  /// A text stays a text.
  fileprivate func replacingNumber(with text: String) -> Draft {
    kind == .string ? .text(Array(text.utf8)) : .number(Array(text.utf8))
  }
}

extension JSONValue.Kind {
  /// With its article, for messages.
  var words: String {
    switch self {
    case .null: "null"
    case .true, .false: "a boolean"
    case .number: "a number"
    case .string: "a text"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

import Events
import JSON

extension StepReader {
  private enum Target: String, CaseIterable {
    case string, number, integer, boolean
    case majorUnits = "major_units"
    case minorUnits = "minor_units"
  }

  func convert(_ field: Field) throws(UpcasterError) -> Step.Action {
    let path = try field.required("at").path()
    let to = try field.required("to")
    switch try to.word(Target.self) {
    case .string: return .convert(path, try withoutCurrency(.text, field))
    case .number: return .convert(path, try withoutCurrency(.number, field))
    case .integer: return .convert(path, try withoutCurrency(.integer, field))
    case .boolean: return .convert(path, try withoutCurrency(.boolean, field))
    case .majorUnits: return .convert(path, .majorUnits(currency: try currency(field, beside: path)))
    case .minorUnits: return .convert(path, .minorUnits(currency: try currency(field, beside: path)))
    }
  }

  private func withoutCurrency(_ conversion: Conversion, _ field: Field) throws(UpcasterError) -> Conversion {
    guard let currency = try field.optional("currency") else { return conversion }
    throw currency.place.error(
      "only amounts of money have a currency", "leave \"currency\" out, or convert to major_units or minor_units")
  }

  /// Within the same elements, or outside all arrays; `/currency` where none is given, as schemas have it.
  private func currency(_ field: Field, beside path: Path) throws(UpcasterError) -> Path {
    guard let given = try field.optional("currency") else {
      return Path(text: "/currency", segments: [.name(MemberName("currency"))])
    }
    let currency = try given.target()
    if !currency.scope.isEmpty { try sameElements(currency, as: path, given.place) }
    return currency
  }

  func scale(_ field: Field) throws(UpcasterError) -> Step.Action {
    let path = try field.required("at").path()
    let (multiplied, divided) = (try field.optional("multiply_by"), try field.optional("divide_by"))
    guard let factor = multiplied ?? divided, multiplied == nil || divided == nil else {
      throw field.place.error("one factor is needed", "write either \"multiply_by\" or \"divide_by\"")
    }
    return .scale(
      path, Scaling(factor: try decimal(factor), divides: divided != nil, rounding: try rounding(field)))
  }

  private func decimal(_ field: Field) throws(UpcasterError) -> ExactDecimal {
    guard field.value.kind == .number || field.value.kind == .string,
      let number = ExactDecimal(utf8: field.value.bytes),
      number != .zero
    else {
      throw field.place.error("a number other than zero must stand here", "write one such as 1000 or \"0.001\"")
    }
    return number
  }

  private func rounding(_ field: Field) throws(UpcasterError) -> (Int, Scaling.Rounding)? {
    let (decimals, rounding) = (try field.optional("decimals"), try field.optional("rounding"))
    if decimals == nil && rounding == nil { return nil }
    guard let decimals, let rounding else {
      throw field.place.error(
        "\"decimals\" and \"rounding\" belong together", "write both, or neither where the result is exact")
    }
    let count = try decimals.integer()
    guard (0...ExactDecimal.greatestScale).contains(count) else {
      throw decimals.place.error(
        "\(count) decimals are out of range", "write a number from 0 to \(ExactDecimal.greatestScale)")
    }
    return (count, try rounding.word(Scaling.Rounding.self))
  }

  func map(_ field: Field) throws(UpcasterError) -> Step.Action {
    var values: [[UInt8]: Constant] = [:]
    for (name, value) in try field.required("values").members() { values[Array(name.utf8)] = Constant(value.value) }
    return .map(
      try field.required("at").path(),
      ValueMap(values: values, otherwise: try otherwise(try field.required("otherwise"))))
  }

  private func otherwise(_ field: Field) throws(UpcasterError) -> ValueMap.Otherwise {
    if field.value.kind == .object {
      try field.requireKeys(["value"])
      return .value(Constant(try field.required("value").value))
    }
    switch field.value.string {
    case "keep": return .keep
    case "drop": return .drop
    default:
      throw field.place.error(
        "nothing says what becomes of other values", "write \"keep\", \"drop\" or {\"value\": <value>}")
    }
  }
}

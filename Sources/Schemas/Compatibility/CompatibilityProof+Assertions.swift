import JSON

/// The keywords that look at the value itself.
extension CompatibilityProof {
  func assertionObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    typeObstacles(known, place) + enumerationObstacles(known, place) + numberObstacles(known, place)
      + textObstacles(known, place) + sizeObstacles(known, place)
  }

  private func typeObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    let (former, present) = (known.types, place.schema.typeKeyword)
    let lost = former.subtracting(present)
    if lost.isEmpty { return [] }
    let what =
      former == .all
      ? "only \(present.words) is allowed, formerly anything was" : "\(lost.words) is no longer allowed"
    return [place.obstacle(what, at: "type")]
  }

  /// What is known names no values, or those would have been checked one by one.
  private func enumerationObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    guard let values = place.schema.values else { return [] }
    let keyword = place.schema.keywords["const"] == nil ? "enum" : "const"
    let former = known.types == .all ? "anything" : "any \(known.types.words)"
    return [place.obstacle("only \(counted(values.count, "value")) allowed, formerly \(former) was", at: keyword)]
  }

  private func numberObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    guard !known.types.isDisjoint(with: .number) else { return [] }
    let bounds: [Bound] = [.minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum]
    var found: [Obstacle] = bounds.compactMap { bound in
      guard let limit = place.schema.number(bound.name), !known.obeys(bound, limit) else { return nil }
      return place.obstacle(
        "only numbers \(bound.words) \(limit.text) are allowed\(known.former(bound))", at: bound.name)
    }
    if let divisor = place.schema.divisor, !known.isMultiple(of: divisor) {
      found.append(place.obstacle("only multiples of \(divisor.number.text) are allowed now", at: "multipleOf"))
    }
    return found
  }

  private func textObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    var found: [Obstacle] = []
    if let pattern = place.schema.keywords["pattern"], known.types.contains(.string), !known.says("pattern", pattern) {
      found.append(
        place.obstacle(
          "only text matching \(excerpt(of: pattern)) is allowed; \(known.formerTexts("pattern"))", at: "pattern"))
    }
    guard let format = place.schema.keywords["format"], let name = format.string, !known.says("format", format) else {
      return found
    }
    let checked: TypeMask = ["money", "price"].contains(name) ? [.string, .integer, .fraction] : .string
    if known.types.isDisjoint(with: checked) { return found }
    found.append(place.obstacle("the format is \(name) now; \(known.formerTexts("format"))", at: "format"))
    return found
  }

  private func sizeObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    let limits: [SizeLimit] = [.minLength, .maxLength, .minItems, .maxItems, .minProperties, .maxProperties]
    return limits.compactMap { limit in
      guard let size = place.schema.size(limit), known.types.contains(limit.type) else { return nil }
      let former = known.size(limit)
      let isImplied = limit.isLeast ? size <= former ?? 0 : former.map { $0 <= size } ?? false
      return isImplied ? nil : place.obstacle("\(limit.name) is \(size), was \(former.words)", at: limit.name)
    }
  }
}

extension SizeLimit {
  fileprivate var type: TypeMask {
    switch self {
    case .minLength, .maxLength: .string
    case .minItems, .maxItems: .array
    case .minProperties, .maxProperties: .object
    }
  }

  fileprivate var isLeast: Bool { self == .minLength || self == .minItems || self == .minProperties }
}

extension Int? {
  fileprivate var words: String { map(String.init) ?? "not limited" }
}

extension TypeMask {
  /// "string or integer"; "number with a fraction" where integers are left out.
  var words: String {
    if isEmpty { return "nothing" }
    guard contains(.fraction), !contains(.integer) else { return text }
    let rest = subtracting(.fraction)
    return (rest.isEmpty ? "" : rest.text + " or ") + "number with a fraction"
  }
}

extension Knowledge {
  /// ", formerly at least 3".
  fileprivate func former(_ bound: Bound) -> String {
    let limits = readings.compactMap { $0.number(bound.name) }
    guard let first = limits.first else { return "" }
    return ", formerly \(bound.words) \(first.text)"
  }

  /// What a keyword said before, where one schema had it.
  fileprivate func formerTexts(_ keyword: String) -> String {
    let former = readings.compactMap { $0.keywords[keyword] }.map(excerpt)
    return former.isEmpty
      ? "formerly any text was" : "that this follows from \(former.joined(separator: " and ")) cannot be proved"
  }
}

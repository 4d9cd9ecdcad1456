import JSON

/// Where only a few values are possible, each is checked.
extension CompatibilityProof {
  /// What amounts may depend on: no known currency, or one with so many decimals.
  private static let contexts =
    [ValidationContext()] + (0...4).map { ValidationContext(currencyExponent: $0) }

  func valueObstacles(_ known: Knowledge, _ values: [JSONValue], _ place: Place) -> [Obstacle] {
    let refused = values.filter { value in
      Self.contexts.contains { isPossible(value, known, $0) && !place.schema.accepts(value, $0) }
    }
    if refused.isEmpty { return [] }
    let keyword = ["const", "enum", "type"].first { place.schema.keywords[$0] != nil }
    let shown = refused.prefix(5).map(excerpt).joined(separator: ", ") + (refused.count > 5 ? ", …" : "")
    return [place.obstacle("\(shown) \(refused.count == 1 ? "is" : "are") no longer allowed", at: keyword)]
  }

  func isPossible(_ value: JSONValue, _ known: Knowledge) -> Bool {
    Self.contexts.contains { isPossible(value, known, $0) }
  }

  private func isPossible(_ value: JSONValue, _ known: Knowledge, _ context: ValidationContext) -> Bool {
    known.limit.contains(TypeMask(of: value)) && known.readings.allSatisfy { $0.accepts(value, context) }
      && !known.refused.contains { $0.accepts(value, context) }
  }
}

extension SchemaReading {
  fileprivate func accepts(_ value: JSONValue, _ context: ValidationContext) -> Bool {
    schema.accepts(value, at: self, context)
  }
}

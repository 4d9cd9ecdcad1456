import JSON

/// The keywords that apply further schemas to the same value.
extension CompatibilityProof {
  func inPlaceObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    let schema = place.schema
    var found = schema.reference.map { obstacles(known, place.referred($0)) } ?? []
    found += schema.list("allOf").flatMap { obstacles(known, place.below($0)) }
    found += anyObstacles(known, schema.list("anyOf"), place) + oneObstacles(known, schema.list("oneOf"), place)
    if let refused = schema.one("not"), !isImpossible(known.and(refused)) {
      found.append(place.unprovedObstacle("not"))
    }
    return found + (schema.condition.map { conditionObstacles(known, $0, place) } ?? [])
  }

  private func anyObstacles(_ known: Knowledge, _ schemas: [SchemaReading], _ place: Place) -> [Obstacle] {
    closest(schemas.lazy.map { self.obstacles(known, place.below($0)) })
  }

  /// The obstacles of the alternative that has the fewest, those that break coming first. None without alternatives.
  private func closest(_ alternatives: some Sequence<[Obstacle]>) -> [Obstacle] {
    var best: [Obstacle]?
    for found in alternatives {
      if found.isEmpty { return [] }
      guard let known = best else {
        best = found
        continue
      }
      if found.cost < known.cost { best = found }
    }
    return best ?? []
  }

  /// One must hold, and all others must be out of the question then.
  private func oneObstacles(_ known: Knowledge, _ schemas: [SchemaReading], _ place: Place) -> [Obstacle] {
    closest(
      schemas.lazy.map { taken in
        let found = self.obstacles(known, place.below(taken))
        let rivals = schemas.filter { $0 !== taken && !self.isImpossible(known.and($0)) }
        return rivals.isEmpty
          ? found
          : found + [place.obstacle("that only one alternative accepts what was valid cannot be proved", at: "oneOf")]
      })
  }

  private func conditionObstacles(_ known: Knowledge, _ rule: ConditionReading, _ place: Place) -> [Obstacle] {
    let met = rule.consequence.map { obstacles(known.and(rule.condition), place.below($0)) } ?? []
    let unmet = rule.alternative.map { obstacles(known.butNot(rule.condition), place.below($0)) } ?? []
    return met + unmet
  }
}

extension [Obstacle] {
  /// Any obstacle that breaks outweighs all that do not.
  fileprivate var cost: Int { reduce(0) { $0 + ($1.change.kind == .breaking ? 1_000 : 1) } }
}

extension Place {
  func unprovedObstacle(_ keyword: String) -> Obstacle {
    obstacle("that `\(keyword)` accepts all that was valid cannot be proved", at: keyword)
  }
}

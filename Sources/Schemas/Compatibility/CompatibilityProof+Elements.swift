import JSON

/// The keywords about the elements of arrays.
extension CompatibilityProof {
  func elementObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    guard known.types.contains(.array) else { return [] }
    var found = place.schema.elements.flatMap { ruleObstacles(known, $0, place) } + containsObstacles(known, place)
    if place.schema.isUnique && !known.isUnique {
      found.append(place.obstacle("no two items may be equal now", at: "uniqueItems"))
    }
    return found
      + place.schema.unevaluatedBeyondProof.filter { $0 == "unevaluatedItems" }.map(place.unprovedObstacle)
  }

  private func ruleObstacles(_ known: Knowledge, _ rule: ElementReading, _ place: Place) -> [Obstacle] {
    let countMax = known.size(.maxItems) ?? .max
    var found: [Obstacle] = []
    // Behind the last position that either side knows by number, all are alike.
    for index in 0...max(known.restStart, rule.prefix.count, rule.restStart) where index < countMax {
      guard let schema = rule.schema(at: index) else { continue }
      found += obstacles(inside: known.schemas(at: index), place.below(schema))
    }
    return found
  }

  private func containsObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    guard let rule = place.schema.contains else { return [] }
    let former = known.readings.compactMap(\.contains)
    let hasEnough =
      rule.countMin == 0
      || former.contains { $0.countMin >= rule.countMin && implies(inside: [$0.schema], rule.schema) }
    let hasFew =
      known.size(.maxItems) ?? .max <= rule.countMax
      || former.contains { $0.countMax <= rule.countMax && implies(inside: [rule.schema], $0.schema) }
    if hasEnough && hasFew { return [] }
    let keyword = hasEnough ? "maxContains" : place.schema.keywords["minContains"] == nil ? "contains" : "minContains"
    let bound = hasEnough ? "most" : "least"
    let count = counted(hasEnough ? rule.countMax : rule.countMin, "item")
    return [place.obstacle("that at \(bound) \(count) were as `contains` says cannot be proved", at: keyword)]
  }
}

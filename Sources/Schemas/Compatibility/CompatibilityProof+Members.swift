import JSON

/// The keywords about the members of objects.
extension CompatibilityProof {
  func memberObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    guard known.types.contains(.object) else { return [] }
    return requiredObstacles(known, place) + propertyObstacles(known, place)
      + place.schema.patterns.flatMap { patternObstacles(known, $0, place) }
      + place.schema.rests.flatMap { restObstacles(known, $0, place) }
      + nameObstacles(known, place) + dependencyObstacles(known, place) + unevaluatedObstacles(place)
  }

  private func requiredObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    let former = known.required
    return place.schema.required.enumerated().filter { !former.contains($0.element) }.map { index, name in
      place.obstacle("\(name.quoted) is required now", at: "required", element: index)
    }
  }

  private func propertyObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    place.schema.properties.flatMap { name, schema in
      let (former, below) = (known.schemas(of: name), place.below(schema))
      guard known.names(name) || former.contains(where: { !$0.isAlways }) else {
        return newNameObstacles(name, below)
      }
      return obstacles(inside: former, below)
    }
  }

  /// A field that nothing was said about: it may have been sent, with anything in it.
  private func newNameObstacles(_ name: MemberName, _ place: Place) -> [Obstacle] {
    if place.schema.isAlways { return [] }
    if place.schema.isNever { return [place.obstacle("\(name.quoted) is no longer allowed")] }
    return [
      place.obstacle(
        "\(name.quoted) is new: compatible unless senders already sent a field of that name", kind: kindOfNewNames)
    ]
  }

  private func patternObstacles(_ known: Knowledge, _ rule: PatternReading, _ place: Place) -> [Obstacle] {
    let below = place.below(rule.schema)
    let named = known.mentionedNames.sorted().filter(rule.matches).flatMap { name in
      obstacles(inside: known.schemas(of: name), below).map { $0.about(name) }
    }
    return named + obstacles(inside: known.schemasOfOthers(matching: rule), below)
  }

  private func restObstacles(_ known: Knowledge, _ rule: RestReading, _ place: Place) -> [Obstacle] {
    let below = place.below(rule.schema)
    let named = known.mentionedNames.sorted().filter(rule.covers).flatMap { name in
      let found = obstacles(inside: known.schemas(of: name), below)
      return found.isEmpty ? [] : vanished(name, known, rule, found)
    }
    return named + obstacles(inside: known.schemasOfOthers(beside: rule.patterns), below)
  }

  /// A property that is no longer named, and that other fields may not be like.
  private func vanished(
    _ name: MemberName, _ known: Knowledge, _ rule: RestReading, _ found: [Obstacle]
  ) -> [Obstacle] {
    guard rule.schema.isNever,
      let former = known.readings.flatMap(\.properties).first(where: { $0.name == name })?.schema,
      former.location.resource === oldRoot.resource
    else { return found.map { $0.about(name) } }
    let what = "\(name.quoted) is no longer named, and what is not named is not allowed"
    let change = SchemaChange(kind: .breaking, pointer: former.location.pointer, side: .old, what: what)
    return [Obstacle(change: change, referrer: nil)]
  }

  private func nameObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    guard let names = place.schema.one("propertyNames") else { return [] }
    return obstacles(inside: known.nameSchemas, types: .string, place.below(names))
  }

  private func dependencyObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    let names: [Obstacle] = place.schema.dependentNames.flatMap { name, required in
      let there = known.dependents(of: name).union([name])
      return required.filter { !there.contains($0) }.map {
        place.obstacle("\($0.quoted) is required beside \(name.quoted) now", at: "dependentRequired", member: name)
      }
    }
    return place.schema.named("dependentSchemas").reduce(names) { found, rule in
      found + obstacles(known.with(rule.name), place.below(rule.schema))
    }
  }

  private func unevaluatedObstacles(_ place: Place) -> [Obstacle] {
    place.schema.unevaluatedBeyondProof.filter { $0 == "unevaluatedProperties" }.map(place.unprovedObstacle)
  }
}

extension MemberName: Comparable {
  static func < (left: MemberName, right: MemberName) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}

extension Obstacle {
  /// The same, said of one member.
  fileprivate func about(_ name: MemberName) -> Obstacle {
    Obstacle(
      change: SchemaChange(
        kind: change.kind, pointer: change.pointer, side: change.side, what: "\(name.quoted): \(change.what)"),
      referrer: referrer)
  }
}

import JSON

/// Proves that every value which obeys the old schema obeys the new one, and says what is in the way where it cannot.
///
/// Each keyword of the new schema must follow from what is known of the value: the old schema's keywords, and what was
/// assumed on the way, such as one of several alternatives. Schemas that refer to themselves are handled by induction:
/// what is being proved of a value may be assumed of the values inside it, since documents are finite.
final class CompatibilityProof {
  private let old, new: ComparedSchema
  private var inProgress: [Claim: Int] = [:]
  private var impossibleInProgress: Set<Claim> = []
  /// How many values the one at hand lies in.
  private var depth = 0
  private var steps = 0
  /// Whether a field that is only named now counts as an obstacle like any other.
  private var isStrict = false

  /// Schemas whose comparison takes more steps are so full of alternatives that a reader would not follow either. About a
  /// second.
  private static let stepsMax = 20_000

  /// "What is known implies the schema"; without a schema, "what is known cannot be".
  private struct Claim: Hashable {
    let known, refused: Set<ObjectIdentifier>
    let types: UInt8
    let schema: ObjectIdentifier?
    let isStrict: Bool
  }

  init(from old: ComparedSchema, to new: ComparedSchema) {
    self.old = old
    self.new = new
  }

  /// What is in the way; empty if nothing is.
  func obstacles() -> [Obstacle] {
    let (former, present) = (old.reading(old.root), new.reading(new.root))
    guard old.isPlain && new.isPlain else { return obstaclesOfUnusualSchemas(former, present) }
    return obstacles(Knowledge([former]), Place(root: present))
  }

  private func obstaclesOfUnusualSchemas(_ former: SchemaReading, _ present: SchemaReading) -> [Obstacle] {
    if former.location.value.isEqual(to: present.location.value) { return [] }
    let reason = "schemas that use $dynamicRef, or vocabularies of their own, cannot be proved compatible"
    return [Place(root: present).obstacle(reason)]
  }

  /// What keeps the schema from following from what is known. Takes the steps that it is allowed, and no more.
  func obstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    if place.schema.isAlways || known.readings.contains(where: { SchemaSameness.isSame($0, place.schema) }) {
      return []
    }
    guard takeStep() else {
      return [place.obstacle("there are too many alternatives to prove that what was valid is valid still")]
    }
    let claim = claim(known, place.schema)
    if let outer = inProgress[claim] {
      return outer < depth ? [] : [place.obstacle("it could not be proved that what was valid is valid still")]
    }
    inProgress[claim] = depth
    defer { inProgress[claim] = nil }
    return isImpossible(known) ? [] : obstaclesByCase(known, place)
  }

  /// Where the whole is not enough, each alternative may be by itself.
  private func obstaclesByCase(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    let direct = directObstacles(known, place)
    guard direct.isBreaking else { return direct }
    var cases = known.cases
    if cases == nil, place.schema.isOpen, known.limit == .all { cases = known.casesByType }
    guard let cases else { return direct }
    var found: [Obstacle] = []
    for known in cases {
      found += obstacles(known, place)
      if found.isBreaking { return direct }
    }
    return found
  }

  private func directObstacles(_ known: Knowledge, _ place: Place) -> [Obstacle] {
    if place.schema.isNever { return [place.obstacle("nothing is allowed here any more")] }
    if let values = known.values { return valueObstacles(known, values, place) }
    return assertionObstacles(known, place) + memberObstacles(known, place) + elementObstacles(known, place)
      + inPlaceObstacles(known, place)
  }

  /// What keeps the schema of a member or an element from following from the schemas it obeys.
  func obstacles(inside schemas: [SchemaReading], types: TypeMask = .all, _ place: Place) -> [Obstacle] {
    depth += 1
    defer { depth -= 1 }
    return obstacles(Knowledge(schemas, types: types), place)
  }

  /// Whether a schema follows from what is known without any reservation.
  func implies(_ known: Knowledge, _ schema: SchemaReading) -> Bool {
    let outer = isStrict
    isStrict = true
    defer { isStrict = outer }
    return obstacles(known, Place(root: schema)).isEmpty
  }

  /// The same for a member or an element.
  func implies(inside schemas: [SchemaReading], _ schema: SchemaReading) -> Bool {
    depth += 1
    defer { depth -= 1 }
    return implies(Knowledge(schemas), schema)
  }

  /// Whether no value at all is like that, as far as can be seen.
  func isImpossible(_ known: Knowledge) -> Bool {
    guard takeStep(), impossibleInProgress.insert(claim(known, nil)).inserted else { return false }
    defer { impossibleInProgress.remove(claim(known, nil)) }
    if known.types.isEmpty { return true }
    if let values = known.values { return !values.contains { isPossible($0, known) } }
    if known.refused.contains(where: { implies(known, $0) }) { return true }
    if known.types == .object, lacksRequiredMember(known) { return true }
    return known.cases.map { $0.allSatisfy(isImpossible) } ?? false
  }

  private func lacksRequiredMember(_ known: Knowledge) -> Bool {
    depth += 1
    defer { depth -= 1 }
    return known.required.contains { isImpossible(Knowledge(known.schemas(of: $0))) }
  }

  var oldRoot: SchemaLocation { old.root }

  var kindOfNewNames: SchemaChange.Kind { isStrict ? .breaking : .careful }

  private func takeStep() -> Bool {
    steps += 1
    return steps <= Self.stepsMax
  }

  private func claim(_ known: Knowledge, _ schema: SchemaReading?) -> Claim {
    Claim(
      known: Set(known.readings.map { ObjectIdentifier($0) }), refused: Set(known.refused.map { ObjectIdentifier($0) }),
      types: known.limit.rawValue, schema: schema.map { ObjectIdentifier($0) }, isStrict: isStrict)
  }
}

extension [Obstacle] {
  var isBreaking: Bool { contains { $0.change.kind == .breaking } }
}

extension SchemaReading {
  /// Whether alternatives are left open, or something is refused.
  fileprivate var isOpen: Bool { ["anyOf", "oneOf", "if", "not"].contains { keywords[$0] != nil } }
}

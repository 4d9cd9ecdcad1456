import JSON
import Schemas

/// Reads one step: an object with one key, the verb, whose value holds what the verb needs.
struct StepReader {
  enum Verb: String, CaseIterable {
    case move, copy
    case fill = "default"
    case convert, scale, map, wrap, split, merge, drop, emit
  }

  let field: Field
  /// The type of the events that are upcast.
  let type: String
  let catalogue: SchemaCatalogue

  func step() throws(UpcasterError) -> Step {
    let verbs = Verb.allCases.map(\.rawValue)
    try field.requireKeys(verbs)
    guard let (name, arguments) = try field.members().first, try field.members().count == 1,
      let verb = Verb(rawValue: name)
    else {
      throw field.place.error(
        "a step has exactly one verb", "write one step for each of \(verbs.joined(separator: ", "))")
    }
    let action = try action(verb, arguments)
    let isRequired = verb.mayRequire ? try arguments.optional("required")?.flag() ?? false : false
    return Step(action: action, isRequired: isRequired)
  }

  private func action(_ verb: Verb, _ field: Field) throws(UpcasterError) -> Step.Action {
    try field.requireKeys(verb.keys)
    return switch verb {
    case .move: try move(field)
    case .copy: try copy(field)
    case .fill: .fill(try field.required("at").target(), Constant(try field.required("value").value))
    case .convert: try convert(field)
    case .scale: try scale(field)
    case .map: try map(field)
    case .wrap: .wrap(try field.required("at").path(), as: MemberName(try field.required("as").nonemptyText()))
    case .split: try split(field)
    case .merge: try merge(field)
    case .drop: .drop(try field.required("at").path())
    case .emit: .emit(try EmissionReader(field: field, catalogue: catalogue).emission())
    }
  }

  private func move(_ field: Field) throws(UpcasterError) -> Step.Action {
    let (from, to) = (try field.required("from"), try field.required("to"))
    let paths = (from: try from.target(), to: try to.target())
    try sameElements(paths.to, as: paths.from, to.place)
    guard !paths.from.isRelated(to: paths.to) else { throw intoItself(paths.from, paths.to, field.place) }
    return .move(from: paths.from, to: paths.to)
  }

  private func copy(_ field: Field) throws(UpcasterError) -> Step.Action {
    let (from, to) = (try field.required("from"), try field.required("to"))
    let paths = (from: try from.target(), to: try to.target())
    if !paths.from.scope.isEmpty { try sameElements(paths.to, as: paths.from, to.place) }
    guard !paths.from.isRelated(to: paths.to) else { throw intoItself(paths.from, paths.to, field.place) }
    return .copy(from: paths.from, to: paths.to)
  }

  private func intoItself(_ from: Path, _ to: Path, _ place: UpcasterFile.Place) -> UpcasterError {
    place.error(
      "\(from.text) and \(to.text) lie one inside the other",
      "put a value into an object of its own with {\"wrap\": {\"at\": \"\(from.text)\", \"as\": <name>}}")
  }

  /// The text is gone before its parts are put, so they may lie in an object that takes its place.
  private func split(_ field: Field) throws(UpcasterError) -> Step.Action {
    let path = try field.required("at").target()
    let into = try places(try field.required("into"), within: path) { $0.isInside(path) }
    return .split(path, separator: Array(try field.required("separator").nonemptyText().utf8), into: into)
  }

  private func merge(_ field: Field) throws(UpcasterError) -> Step.Action {
    let to = try field.required("to").target()
    let from = try places(try field.required("from"), within: to) { $0.segments == to.segments }
    return .merge(from, separator: Array(try field.required("separator").text().utf8), to: to)
  }

  /// Two or more places, apart from each other and, unless `mayOverlap` says so, from the one that the step has besides.
  private func places(
    _ list: Field, within path: Path, mayOverlap: (Path) -> Bool
  ) throws(UpcasterError) -> [Path] {
    let fields = try list.elements()
    guard fields.count >= 2 else { throw list.place.error("fewer than two places", "name at least two") }
    var paths: [Path] = []
    for field in fields {
      let place = try field.target()
      try sameElements(place, as: path, field.place)
      let isApart = !paths.contains { $0.isRelated(to: place) }
      guard isApart, mayOverlap(place) || !place.isRelated(to: path) else {
        throw field.place.error(
          "\(place.text) and another place of this step overlap", "name places apart from each other")
      }
      paths.append(place)
    }
    return paths
  }

  func sameElements(_ path: Path, as other: Path, _ place: UpcasterFile.Place) throws(UpcasterError) {
    guard path.scope != other.scope else { return }
    throw place.error(
      "\(path.text) and \(other.text) do not lie within the same elements",
      "begin both with the same path up to the last *")
  }
}

extension StepReader.Verb {
  var keys: [String] {
    switch self {
    case .move, .copy: ["from", "to", "required"]
    case .fill: ["at", "value"]
    case .convert: ["at", "to", "currency", "required"]
    case .scale: ["at", "multiply_by", "divide_by", "decimals", "rounding", "required"]
    case .map: ["at", "values", "otherwise", "required"]
    case .wrap: ["at", "as", "required"]
    case .split: ["at", "separator", "into", "required"]
    case .merge: ["from", "separator", "to", "required"]
    case .drop: ["at", "required"]
    case .emit: ["type", "version", "id", "when", "data", "keep"]
    }
  }

  var mayRequire: Bool { keys.contains("required") }
}

/// One step of an upcaster.
struct Step: Sendable {
  let action: Action
  /// Whether an event without the value that the step works on is refused; otherwise the step does nothing to it.
  let isRequired: Bool

  /// What is done, and where. The paths of one action lie within the same elements of the same arrays; those that are
  /// only read may also lie outside all arrays.
  enum Action: Sendable {
    case move(from: Path, to: Path)
    case copy(from: Path, to: Path)
    case fill(Path, Constant)
    case convert(Path, Conversion)
    case scale(Path, Scaling)
    case map(Path, ValueMap)
    case wrap(Path, as: MemberName)
    case split(Path, separator: [UInt8], into: [Path])
    case merge([Path], separator: [UInt8], to: Path)
    case drop(Path)
    case emit(Emission)
  }

  /// The verb of the file and the place, for messages.
  var name: String {
    switch action {
    case .move(let from, _): "move \(from.text)"
    case .copy(let from, _): "copy \(from.text)"
    case .fill(let path, _): "default \(path.text)"
    case .convert(let path, _): "convert \(path.text)"
    case .scale(let path, _): "scale \(path.text)"
    case .map(let path, _): "map \(path.text)"
    case .wrap(let path, _): "wrap \(path.text)"
    case .split(let path, _, _): "split \(path.text)"
    case .merge(_, _, let path): "merge \(path.text)"
    case .drop(let path): "drop \(path.text)"
    case .emit(let emission): "emit \(emission.type)"
    }
  }
}

/// What a value becomes.
enum Conversion: Sendable {
  case text, number, integer, boolean
  /// Minor units of the currency at a path become major ones, and the other way round.
  case majorUnits(currency: Path)
  case minorUnits(currency: Path)

  var currency: Path? {
    switch self {
    case .majorUnits(let path), .minorUnits(let path): path
    default: nil
    }
  }
}

/// New values for old ones.
struct ValueMap: Sendable {
  enum Otherwise: Sendable {
    case keep, drop
    case value(Constant)
  }

  /// By the content of texts, the text of numbers, and "true" or "false".
  let values: [[UInt8]: Constant]
  let otherwise: Otherwise
}

/// A further event that an event becomes.
struct Emission: Sendable {
  enum Source: Sendable {
    case path(Path)
    case constant(Constant)
  }

  let type: String
  let version: Int
  /// Follows the id of the event, behind "#".
  let suffix: String
  /// Only where this has a value; always where there is no such path.
  let condition: Path?
  let data: [(name: MemberName, source: Source)]
  /// Whether the event that this one came from goes on beside it.
  let keepsOriginal: Bool
}

/// Leads events of one type from one version to the next.
struct Upcaster: Sendable {
  let type: String
  /// The version it takes; it gives the next one.
  let from: Int
  let steps: [Step]
  /// The steps as minified JSON: what the fingerprint is made of.
  let stepsText: [UInt8]

  var to: Int { from + 1 }

  var emissions: [Emission] {
    steps.compactMap { if case .emit(let emission) = $0.action { emission } else { nil } }
  }
}

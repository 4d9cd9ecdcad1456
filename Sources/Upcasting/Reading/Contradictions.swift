/// Follows what the steps of an upcaster read, take away and write, in order, and refuses what cannot be meant.
struct Contradictions {
  private struct Entry {
    let path: Path
    /// From 1.
    let step: Int
    /// Written only where nothing is.
    var isDefault = false
  }

  private let place: UpcasterFile.Place
  private let step: Int
  private var written: [Entry]
  private var cleared: [Entry]

  /// - Parameter list: where the steps stand.
  static func refuse(in steps: [Step], _ list: UpcasterFile.Place) throws(UpcasterError) {
    var (written, cleared): ([Entry], [Entry]) = ([], [])
    for (index, step) in steps.enumerated() {
      var state = Contradictions(
        place: list.appending(String(index)), step: index + 1, written: written, cleared: cleared)
      try state.follow(step.action)
      (written, cleared) = (state.written, state.cleared)
    }
  }

  private mutating func follow(_ action: Step.Action) throws(UpcasterError) {
    switch action {
    case .move(let from, let to): try consume([from], writing: [to])
    case .copy(let from, let to):
      try read(from)
      try write(to)
    case .fill(let path, _): try write(path, isDefault: true)
    case .convert(let path, let conversion):
      try read(path)
      if let currency = conversion.currency { try read(currency) }
    case .scale(let path, _), .map(let path, _): try read(path)
    case .wrap(let path, let name): try consume([path], writing: [path.appending(name)])
    case .split(let path, _, let into): try consume([path], writing: into)
    case .merge(let paths, _, let to): try consume(paths, writing: [to])
    case .drop(let path): try consume([path], writing: [])
    case .emit(let emission):
      if let condition = emission.condition { try read(condition) }
      for case .path(let path) in emission.data.map(\.source) { try read(path) }
    }
  }

  private mutating func consume(_ paths: [Path], writing targets: [Path]) throws(UpcasterError) {
    for path in paths { try read(path) }
    for path in paths {
      written.removeAll { $0.path.isInside(path) }
      cleared.append(Entry(path: path, step: step))
    }
    for target in targets { try write(target) }
  }

  /// What a step took away can be read again only after another step has put something there.
  private func read(_ path: Path) throws(UpcasterError) {
    guard let gone = cleared.last(where: { path.isInside($0.path) }),
      !written.contains(where: { $0.path.isInside(gone.path) && $0.path.isRelated(to: path) })
    else { return }
    throw place.error(
      "step \(gone.step) has taken away what was at \(gone.path.text)",
      "read \(path.text) before, or from where it is now")
  }

  private mutating func write(_ path: Path, isDefault: Bool = false) throws(UpcasterError) {
    let entry = Entry(path: path, step: step, isDefault: isDefault)
    if let other = written.first(where: { Self.collide($0, entry) }) {
      throw place.error(
        "step \(other.step) has written \(other.path.text) already", "write each place once, or clear it between")
    }
    cleared.removeAll { $0.path.isInside(path) }
    written.append(entry)
  }

  /// A default may follow what is not always there.
  private static func collide(_ old: Entry, _ new: Entry) -> Bool {
    guard old.path.isInside(new.path) else { return false }
    return !(new.isDefault && !old.isDefault && old.path.segments == new.path.segments)
  }
}

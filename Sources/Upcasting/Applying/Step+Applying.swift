import JSON

extension Step {
  /// Changes the `data` of an event; further events are not made here. O(members and elements on the way).
  func apply(to data: inout Draft?) throws(StepProblem) {
    switch action {
    case .move(let from, let to): try move(from, to, in: &data)
    case .copy(let from, let to): try copy(from, to, in: &data)
    case .fill(let path, let constant): try fill(path, constant, in: &data)
    case .convert(let path, let conversion): try convert(path, conversion, in: &data)
    case .scale(let path, let scaling):
      try replace(path, in: &data) { (value) throws(StepProblem) in try scaling.scaled(value) }
    case .map(let path, let map): try replace(path, in: &data) { (value) in map.mapped(value) }
    case .wrap(let path, let name):
      try replace(path, in: &data, nullToo: true) { .object([.init(name: .given(name), value: $0)]) }
    case .split(let path, let separator, let places): try split(path, separator, places, in: &data)
    case .merge(let paths, let separator, let place): try merge(paths, separator, place, in: &data)
    case .drop(let path): try replace(path, in: &data, nullToo: true) { _ in nil }
    case .emit: break
    }
  }

  private func move(_ from: Path, _ to: Path, in data: inout Draft?) throws(StepProblem) {
    try Draft.change(&data, at: from.scope) { (element) throws(StepProblem) in
      guard let value = try take(from, from: &element) else { return }
      try put(value, at: to, in: &element)
    }
  }

  private func copy(_ from: Path, _ to: Path, in data: inout Draft?) throws(StepProblem) {
    let outer = from.scope.isEmpty ? data?.value(at: from.local) : nil
    try Draft.change(&data, at: to.scope) { (element) throws(StepProblem) in
      guard let value = outer ?? element?.value(at: from.local) else { return try missing(from) }
      guard element != nil else { return }
      try put(value, at: to, in: &element)
    }
  }

  private func fill(_ path: Path, _ constant: Constant, in data: inout Draft?) throws(StepProblem) {
    try Draft.change(&data, at: path.segments.dropLast()) { (holder) throws(StepProblem) in
      guard holder?.kind == .object else { return }
      try Draft.change(&holder, at: path.segments.suffix(1)) { (place) in place = place ?? Draft(constant) }
    }
  }

  private func convert(_ path: Path, _ conversion: Conversion, in data: inout Draft?) throws(StepProblem) {
    guard let currency = conversion.currency else {
      return try replace(path, in: &data) { (value) throws(StepProblem) in try conversion.converted(value, nil) }
    }
    let outer = currency.scope.isEmpty ? data?.value(at: currency.local) : nil
    try Draft.change(&data, at: path.scope) { (element) throws(StepProblem) in
      let code = outer ?? element?.value(at: currency.local)
      try replace(path.local, in: &element) { (value) throws(StepProblem) in try conversion.converted(value, code) }
    }
  }

  private func split(
    _ path: Path, _ separator: [UInt8], _ places: [Path], in data: inout Draft?
  ) throws(StepProblem) {
    try Draft.change(&data, at: path.scope) { (element) throws(StepProblem) in
      guard let kind = element?.value(at: path.local)?.kind else { return try missing(path) }
      guard kind != .null else { return }
      guard kind == .string else { throw StepProblem("there is \(kind.words) and no text to split") }
      guard let text = try take(path, from: &element) else { return }
      let parts = text.withBytes { Self.parts(of: $0, separator, countMax: places.count) }
      for (part, place) in zip(parts, places) { try put(.text(part), at: place, in: &element) }
    }
  }

  /// The last part takes all that is left.
  private static func parts(
    of text: UnsafeBufferPointer<UInt8>, _ separator: [UInt8], countMax: Int
  ) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var rest = text[...]
    while parts.count + 1 < countMax, let found = rest.firstRange(of: separator) {
      parts.append(Array(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return parts + [Array(rest)]
  }

  private func merge(
    _ paths: [Path], _ separator: [UInt8], _ place: Path, in data: inout Draft?
  ) throws(StepProblem) {
    try Draft.change(&data, at: place.scope) { (element) throws(StepProblem) in
      var parts: [[UInt8]] = []
      for path in paths {
        if element?.value(at: path.local)?.kind == .null { continue }
        guard let value = try take(path, from: &element) else { continue }
        guard let text = value.scalarText else {
          throw StepProblem("there is \(value.kind.words) at \(path.text), which cannot be part of a text")
        }
        parts.append(text)
      }
      guard !parts.isEmpty else { return }
      try put(.text(Array(parts.joined(separator: separator))), at: place, in: &element)
    }
  }
}

extension Step {
  private func missing(_ path: Path) throws(StepProblem) {
    if isRequired { throw StepProblem("there is nothing at \(path.text)") }
  }

  /// Removes what lies at a place and returns it. Nil where the step has nothing to do.
  private func take(_ path: Path, from element: inout Draft?) throws(StepProblem) -> Draft? {
    var taken: Draft?
    try Draft.change(&element, at: path.local) { (place) in
      taken = place
      place = nil
    }
    if taken == nil { try missing(path) }
    return taken
  }

  /// Nothing is overwritten: an event may carry a member that its schema does not know.
  private func put(_ value: Draft, at path: Path, in element: inout Draft?) throws(StepProblem) {
    try Draft.change(&element, at: path.local, creating: true) { (place) throws(StepProblem) in
      guard place == nil else { throw StepProblem("there is something at \(path.text) already") }
      place = value
    }
  }

  private func replace(
    _ path: Path, in data: inout Draft?, nullToo: Bool = false,
    _ replacement: (Draft) throws(StepProblem) -> Draft?
  ) throws(StepProblem) {
    try replace(path.segments[...], in: &data, nullToo: nullToo, replacement)
  }

  private func replace(
    _ path: ArraySlice<Path.Segment>, in data: inout Draft?, nullToo: Bool = false,
    _ replacement: (Draft) throws(StepProblem) -> Draft?
  ) throws(StepProblem) {
    try Draft.change(&data, at: path) { (place) throws(StepProblem) in
      guard let value = place else {
        if isRequired { throw StepProblem("there is nothing") }
        return
      }
      guard nullToo || value.kind != .null else { return }
      place = try replacement(value)
    }
  }
}

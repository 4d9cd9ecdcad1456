extension Upcasters {
  /// What cannot stand beside the upcasters that are there.
  func refuse(_ upcaster: Upcaster, name: String) throws(UpcasterError) {
    let versions = "version \(upcaster.from) of \(upcaster.type)"
    if all.contains(where: { $0.type == upcaster.type && $0.from == upcaster.from }) {
      throw UpcasterError(
        file: name, pointer: "/from", reason: "there is an upcaster of \(versions) already",
        remedy: "keep one of the two")
    }
    for (index, step) in upcaster.steps.enumerated() {
      guard case .emit(let emission) = step.action else { continue }
      try refuseSuffix(emission, of: upcaster, UpcasterFile.Place(file: name, pointer: "/steps/\(index)/emit/id"))
      if leads(from: (emission.type, emission.version), to: (upcaster.type, upcaster.from), with: upcaster) {
        throw UpcasterError(
          file: name, pointer: "/steps/\(index)/emit",
          reason: "\(emission.type) of version \(emission.version) would become \(versions) again, without an end",
          remedy: "make an event of a version that does not lead back")
      }
    }
  }

  /// Two events made from the same one on its way must not get the same id.
  private func refuseSuffix(
    _ emission: Emission, of upcaster: Upcaster, _ place: UpcasterFile.Place
  ) throws(UpcasterError) {
    let others = all.filter { $0.type == upcaster.type }.flatMap(\.emissions) + upcaster.emissions
    guard others.count(where: { $0.suffix == emission.suffix }) > 1 else { return }
    throw place.error(
      "another event made from \(upcaster.type) has the id suffix \"\(emission.suffix)\"", "choose another suffix")
  }

  private typealias Version = (type: String, number: Int)

  /// Whether an event of one version becomes one of another on some way.
  private func leads(from start: Version, to goal: Version, with added: Upcaster) -> Bool {
    var waiting = [start]
    var seen: Set<String> = []
    while let next = waiting.popLast() {
      if next == goal { return true }
      guard seen.insert("\(next.type) \(next.number)").inserted else { continue }
      for upcaster in all + [added] where upcaster.type == next.type && upcaster.from == next.number {
        waiting.append((upcaster.type, upcaster.to))
        waiting += upcaster.emissions.map { ($0.type, $0.version) }
      }
    }
    return false
  }
}

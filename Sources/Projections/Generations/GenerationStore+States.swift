import Glibc
import KeyValueStore

extension GenerationStore {
  /// All generations in the order of their numbers. O(generations).
  package func states() throws(ProjectionError) -> [(number: Int, state: GenerationState)] {
    let pointer = try readPointer()
    var states: [(number: Int, state: GenerationState)] = []
    for number in try numbers() { states.append((number, try state(of: number, pointer))) }
    return states
  }

  /// What a generation is. Throws where there is none of that number.
  package func state(of number: Int) throws(ProjectionError) -> GenerationState {
    try requireKnown(number)
    return try state(of: number, try readPointer())
  }

  private func state(of number: Int, _ pointer: GenerationPointer?) throws(ProjectionError) -> GenerationState {
    if pointer?.live == number { return .live }
    if pointer?.former.contains(number) ?? false { return .former }
    if try BuildMark.isSet(on: path(number)) { return .building }
    return try Generation.isFinished(path: path(number)) ? .ready : .unfinished
  }

  /// Makes a generation the live one, atomically and durably. So many former ones are kept, and the others dropped, as
  /// are those that were never finished, and finished ones that were begun before it. What cannot be deleted stays.
  package func promote(_ number: Int, keeping formerMax: Int = 1) throws(ProjectionError) {
    try requireKnown(number)
    let pointer = try readPointer()
    let next = pointer?.promoting(number, keeping: formerMax) ?? GenerationPointer(live: number, former: [])
    try writePointer(next)
    for (other, state) in try states() where other != number {
      switch state {
      case .ready where other > number: break
      case .ready, .unfinished: try remove(other)
      case .live, .former, .building: break
      }
    }
  }

  /// Removes what processes have left that ended before their generation was finished, or its pointer was in place. Nobody else
  /// changes generations.
  package func dropUnfinished() throws(ProjectionError) {
    for (number, state) in try states() where state == .unfinished { try remove(number) }
    let known = try numbers()
    for name in try names() {
      let generation = name.firstRange(of: ".mdb-").flatMap { Int(name[..<$0.lowerBound]) }
      let isPointer = name.hasPrefix("current.") && name.hasSuffix(".new")
      if isPointer || generation.map({ !known.contains($0) }) == true { unlink(directory + "/" + name) }
    }
  }

  /// Deletes a generation, and gives its disk back. Throws for the live one and for one that is being built.
  package func drop(_ number: Int) throws(ProjectionError) {
    switch try state(of: number) {
    case .live: throw .refused("generation \(number) is the live one and cannot be dropped")
    case .building: throw .refused("generation \(number) is being built and cannot be dropped")
    case .ready, .former, .unfinished: break
    }
    // A number that is used again must not be taken for that of a former generation.
    if var pointer = try readPointer(), pointer.former.contains(number) {
      pointer.former.removeAll { $0 == number }
      try writePointer(pointer)
    }
    try remove(number)
  }
}

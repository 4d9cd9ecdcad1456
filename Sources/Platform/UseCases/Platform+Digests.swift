package import EventLog
package import Hashing
package import Projections

/// The digest of a projection, and what the log gives.
package struct VerifiedDigest: Sendable {
  package let name: ProjectionName
  /// Of the rows as they are.
  package let stored: SetDigest?
  /// Of rows that were folded anew.
  package let folded: SetDigest?
  /// Whether both are equal, and what the generation says of its rows.
  package let isRight: Bool

  package init(name: ProjectionName, stored: SetDigest?, folded: SetDigest?, isRight: Bool) {
    self.name = name
    self.stored = stored
    self.folded = folded
    self.isRight = isRight
  }
}

extension Platform {
  /// Folds the log anew, by the rules of a generation, and compares it with the generation, projection by projection.
  /// A generation that is behind the log is caught up in a copy. Throws where it is of an older version. `progress`
  /// gets the position reached. O(log + rows), and as much disk as a rebuild.
  package func verifyDigests(
    ofGeneration number: Int, progress: (Position) -> Void = { _ in }
  ) throws -> [VerifiedDigest] {
    let generation = try generations.openGeneration(number)
    defer { generation.close() }
    guard try generation.checkpoint().isCurrent else {
      throw ProjectionError.refused(
        "generation \(number) is of an older version than this program makes, so folding the log anew cannot give its rows"
      )
    }
    let settings = try self.settings(of: generation)
    return try temporarily(generations.createNext) { fresh in
      try Projector(fresh, settings, limits: limits).catchUp(log, progress: progress)
      return try caughtUp(with: fresh, generation) { generation in
        try ProjectionName.allCases.map { try verified($0, generation, fresh) }
      }
    }
  }

  private func verified(_ name: ProjectionName, _ generation: Generation, _ fresh: Generation) throws -> VerifiedDigest
  {
    let folded = try fresh.digestOfRows(name)
    do {
      let (rows, said) = (try generation.digestOfRows(name), try generation.checkpoint().digest(of: name))
      let indices = try generation.digestOfIndices(name) == fresh.digestOfIndices(name)
      return VerifiedDigest(
        name: name, stored: rows, folded: folded, isRight: rows == folded && rows == said && indices)
    } catch {
      guard error.isDamage else { throw error }
      return VerifiedDigest(name: name, stored: nil, folded: folded, isRight: false)
    }
  }

  /// Calls `body` with a generation that has seen the events that another one has.
  private func caughtUp<Result>(
    with fresh: Generation, _ generation: Generation, _ body: (Generation) throws -> Result
  ) throws -> Result {
    let position = try fresh.checkpoint().position
    if try generation.checkpoint().position == position { return try body(generation) }
    return try temporarily({ try generations.copyNext(of: generation) }) { copy in
      // More may arrive while one of them catches up.
      while try copy.checkpoint().position != fresh.checkpoint().position {
        try projector(copy).catchUp(log)
        try projector(fresh).catchUp(log)
      }
      return try body(copy)
    }
  }

  /// Makes a generation, which is removed when `body` has ended. Others may begin one at the same time.
  private func temporarily<Result>(
    _ make: () throws -> Generation, _ body: (Generation) throws -> Result
  ) throws -> Result {
    let generation = try generations.exclusively(make)
    do {
      let result = try body(generation)
      try generations.discard(generation)
      return result
    } catch {
      try generations.discard(generation)
      throw error
    }
  }
}

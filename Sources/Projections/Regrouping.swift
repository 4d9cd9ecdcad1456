package import Events

/// Builds a generation from the states of another one, under other rules: the log is not read, no event is folded again.
package struct Regrouping {
  private let rules: IdentifierRules
  private let limits: Projector.Limits

  /// The rules must fold events as those of the generation did; see ``IdentifierRules/foldsLike(_:)``.
  package init(rules: IdentifierRules, limits: Projector.Limits = Projector.Limits()) {
    self.rules = rules
    self.limits = limits
  }

  /// Fills an empty generation with the people that the rules make of a moment of another one. O(rows log rows); memory
  /// about 80 bytes an identifier and 40 an entity.
  package func fill(_ target: Generation, from source: Generation) throws(ProjectionError) {
    try projectionErrors {
      let lock = try FileLock(path: target.path)
      defer { lock.release() }
      var writer = try GenerationWriter(target, loadBytesMax: limits.loadBytesMax)
      guard writer.isFresh else { throw ProjectionError.file("\(target.path) is filled already") }
      try writer.clear()
      try source.read { snapshot in
        let set = WorkingSet(target.tables, rules: rules)
        writer.checkpoint.position = snapshot.checkpoint.position
        try BulkLoad(rules: rules, source: LoadSource(set, .stored(.init(snapshot)))).write(to: &writer)
      }
      try writer.commit()
    }
  }
}

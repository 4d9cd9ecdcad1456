/// Builds a generation from the states of another one, under other settings: the log is not read, no event is folded
/// again. What is made of states, such as people and tallies, is made anew.
package struct Regrouping {
  private let settings: FoldSettings
  private let limits: Projector.Limits

  /// The settings must fold events as those of the generation did; see ``StoredSettings/foldsLike(_:)``.
  package init(_ settings: FoldSettings, limits: Projector.Limits = Projector.Limits()) {
    self.settings = settings
    self.limits = limits
  }

  /// Fills an empty generation with the people that the rules make of a moment of another one. O(rows log rows); memory
  /// about 80 bytes an identifier. States go by way of temporary files beside the target.
  package func fill(_ target: Generation, from source: Generation) throws(ProjectionError) {
    try projectionErrors {
      let lock = try FileLock(path: target.path)
      defer { lock.release() }
      var writer = try GenerationWriter(target, loadBytesMax: limits.loadBytesMax)
      guard writer.isFresh else { throw ProjectionError.file("\(target.path) is filled already") }
      try writer.clear()
      target.filling.expect(rows: try source.rowCount())
      try source.read { snapshot in
        let set = WorkingSet(target.tables, rules: settings.identifiers)
        writer.checkpoint.position = snapshot.checkpoint.position
        try BulkLoad(settings, LoadSource(set, .stored(.init(snapshot)))).write(to: &writer)
      }
      try writer.commit()
    }
  }
}

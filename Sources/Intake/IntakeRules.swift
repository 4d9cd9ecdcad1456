package import Events
package import Schemas

/// What intake needs to judge an event: the schemas, the identifier rules, and the clock.
package struct IntakeRules: Sendable {
  /// The event types.
  package var catalogue: SchemaCatalogue
  package var identifiers: IdentifierRules
  /// Reads the clock; times more than a day ahead of it are refused.
  package var now: @Sendable () -> Instant

  package init(catalogue: SchemaCatalogue, identifiers: IdentifierRules, now: @escaping @Sendable () -> Instant) {
    self.catalogue = catalogue
    self.identifiers = identifiers
    self.now = now
  }
}

package import Events
import ReadModels
package import Upcasting

/// What folding depends on besides the events.
package struct FoldSettings: Sendable {
  /// Which identifiers there are, and by which rules they are grouped into people.
  package var identifiers: IdentifierRules
  /// How long before an order a click or open may lie to be credited with it, in microseconds.
  package var attributionWindow: Int64
  /// How events of older versions are read.
  package var upcasters: Upcasters

  package init(
    identifiers: IdentifierRules, attributionWindow: Int64 = AttributionWindow.standard,
    upcasters: Upcasters = .builtIn
  ) {
    self.identifiers = identifiers
    self.attributionWindow = attributionWindow
    self.upcasters = upcasters
  }
}

/// The settings that a generation was made by, as far as they can be told from it.
package struct StoredSettings: Equatable, Sendable {
  package let identifiers: IdentifierRules
  /// Microseconds.
  package let attributionWindow: Int64
  /// That of the upcasters by which its events were read last; nil for a generation that had none.
  package let upcasters: UInt64?

  /// Whether people, and what is credited to campaigns, come out the same by other settings.
  package func groupsLike(_ other: FoldSettings) -> Bool {
    identifiers.groupsLike(other.identifiers) && attributionWindow == other.attributionWindow
  }

  /// Whether states can be taken over by other settings, or events have to be folded anew.
  package func foldsLike(_ other: FoldSettings) -> Bool { identifiers.foldsLike(other.identifiers) }

  /// Whether old events were read as they would be read now.
  package func readsLike(_ other: FoldSettings) -> Bool { upcasters == other.upcasters.fingerprint }
}

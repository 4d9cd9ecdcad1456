/// Whether an identifier may say that two others belong to one person. Storage format: never renumbered.
package enum Standing: UInt8, Sendable, CaseIterable {
  case linking = 0
  /// Seen with too many: a family's phone, a shop's tablet. It links nobody.
  case shared = 1
  /// A placeholder. It links nobody, and does not count where others are found to be shared.
  case blocked = 2
}

/// One way in which a schema differs from an earlier one.
package struct SchemaChange: Hashable, Sendable {
  /// What the change means for documents that were valid before, the worst first.
  package enum Kind: String, CaseIterable, Comparable, Sendable {
    /// Some of them may be refused; or it could not be proved that none is.
    case breaking
    /// None is refused, unless senders sent a field already that is only named now.
    case careful
    /// None is refused.
    case compatible

    package static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// Which of the two schemas a pointer leads into.
  package enum Side: String, Sendable {
    case old, new
  }

  package let kind: Kind
  /// JSON Pointer (RFC 6901) into the schema that ``side`` names; empty for its root.
  package let pointer: String
  /// The new schema; the old one for what is no longer there.
  package let side: Side
  /// What changed, in words without a full stop.
  package let what: String

  package init(kind: Kind, pointer: String, side: Side, what: String) {
    self.kind = kind
    self.pointer = pointer
    self.side = side
    self.what = what
  }
}

extension SchemaChange: CustomStringConvertible {
  package var description: String {
    "\(kind.rawValue): \(pointer.isEmpty ? "the schema" : pointer): \(what)"
  }
}

/// The text of a schema, and what to call it in messages.
package struct SchemaText: Sendable {
  /// A file's path, or "order.placed@2".
  package let name: String
  package let text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

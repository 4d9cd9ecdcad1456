package import Events

/// Figures about the log.
package struct LogInfo: Sendable {
  /// The position of the newest event.
  package let last: Position
  /// The position of the newest event in a sealed block.
  package let sealed: Position
  /// How many blocks are sealed.
  package let blocks: Int
  package let created: Instant
  /// Bytes of all canonical documents with their newlines: the size of an export.
  package let documentBytes: UInt64
  /// Bytes of the file, index, quarantine and free pages included.
  package let fileBytes: Int
  /// How many rejects are in the quarantine.
  package let rejects: Int
}

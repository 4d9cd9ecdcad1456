/// A place in the log: gap-free, counted from 1; 0 is "before the first event".
package typealias Position = UInt64

/// Names and limits of the stored form; docs/formats/log.md describes every byte.
enum LogFormat {
  /// Raised when an older program could no longer read the file.
  static let version: UInt32 = 1

  static let metaTable = "meta"
  static let blockTable = "blocks"
  static let tailTable = "tail"
  static let identityTable = "ids"
  static let rejectTable = "rejects"

  /// The one key of the table `meta`.
  static let stateKey: UInt64 = 0

  /// No log has a trillion events. Where a file is not trusted, a number above this is none, whatever its checksum says.
  static let positionMax: Position = 1 << 40

  /// A block is sealed as soon as it has this many events or this many bytes, so that its borders follow from the
  /// events alone and not from how they were batched. That keeps digests comparable between logs.
  static let blockEventsMax = 1024
  static let blockBytesMax = 1 << 20

  /// No block holds more, whatever its head says: it would be the document that filled it.
  static let blockContentMax = 64 << 20
}

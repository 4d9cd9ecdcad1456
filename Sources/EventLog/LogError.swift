package import Compression
package import KeyValueStore

/// What can go wrong with the log itself. Texts say what broke and what to do.
package enum LogError: Error, CustomStringConvertible {
  case newerFormat(found: UInt32, known: UInt32)
  case damaged(position: Position, what: String)
  /// The process that was to create the log ended before it had.
  case neverCreated
  case noSuchPosition(Position, last: Position)
  case store(StoreError)
  case compression(CompressionError)

  /// Whether the file is not as it was written.
  package var isDamage: Bool {
    switch self {
    case .damaged: true
    case .store(let error): error.code == .corrupted || error.code == .versionMismatch
    case .newerFormat, .neverCreated, .noSuchPosition, .compression: false
    }
  }

  package var description: String {
    switch self {
    case .newerFormat(let found, let known):
      "this data directory was written by a newer hoso (log format \(found), this program knows up to \(known)); "
        + "use the newer program, or ingest an export of its log into a new directory"
    case .damaged(let position, let what):
      "the log is damaged\(position > 0 ? " at position \(position)" : ""): \(what); "
        + "run 'hoso log verify' to see how far"
    case .neverCreated: "the log was never completely created; 'hoso ingest FILE' creates it"
    case .noSuchPosition(let position, let last):
      "there is no event at position \(position); the log ends at \(last)"
    case .store(let error) where error.code == .corrupted:
      "the log is damaged: \(error.path): \(error.reason); run 'hoso log verify' to see how far, and 'hoso log repair' to save "
        + "what can be read"
    case .store(let error): error.description
    case .compression(let error): error.description
    }
  }
}

import Hashing

/// The documents that lie in the quarantine already, by their bytes and the reason: the same file taken twice quarantines
/// its bad lines once.
///
/// Read from the log on the first question. 16 bytes a reject.
package final class KnownRejects {
  private let log: EventLog
  private var fingerprints: Set<Hash128>?

  package init(_ log: EventLog) { self.log = log }

  /// Whether the document is not there yet; from now on it is.
  package func insert(_ reject: Reject) throws -> Bool {
    if fingerprints == nil { fingerprints = try read() }
    return fingerprints?.insert(Self.fingerprint(reject)).inserted ?? true
  }

  /// Forgets everything where the quarantine does not hold as many documents as are known: somebody has retried or dropped
  /// some since, or added others. O(1). Not within a transaction.
  package func notice() throws {
    if let fingerprints, try log.info().rejects != fingerprints.count { self.fingerprints = nil }
  }

  private func read() throws -> Set<Hash128> {
    var known: Set<Hash128> = []
    try log.forEachReject { _, reject in
      known.insert(Self.fingerprint(reject))
      return true
    }
    return known
  }

  private static func fingerprint(_ reject: Reject) -> Hash128 {
    let reason = Array(reject.reason.utf8).withUnsafeBytes { XXH3.hash64($0, seed: UInt64(reject.kind.rawValue)) }
    return reject.original.withUnsafeBytes { XXH3.hash128($0, seed: reason) }
  }
}

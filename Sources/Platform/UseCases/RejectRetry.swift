import EventLog
import Intake
import Mappings

/// What a retry of quarantined documents did.
package struct RetrySummary: Sendable {
  /// Events that are in the log now.
  package private(set) var accepted = 0
  /// Events that were in the log already, and left the quarantine.
  package private(set) var duplicates = 0
  /// Documents that stay, by their numbers, and why they do as of now.
  package private(set) var stillRejected: [(number: UInt64, reason: String)] = []

  mutating func count(_ outcome: Ingest.RetryOutcome, number: UInt64) {
    accepted += outcome.accepted
    duplicates += outcome.duplicates
    if let reason = outcome.reason { stillRejected.append((number, reason)) }
  }
}

extension Platform {
  /// Offers quarantined documents again, under the schemas and rules of today: all, or those with the given numbers.
  /// Those that are accepted, or are in the log by now, leave the quarantine; the others stay as they are. What a channel
  /// sent is read by its mapping of today, with the time at which it was received. One durable transaction for each.
  /// - Parameter mapping: a file whose mapping is used for what was read by one of its name.
  package func retryRejects(_ numbers: Set<UInt64>?, mapping file: String? = nil) throws -> RetrySummary {
    let ingest = Ingest(rules: try intakeRules())
    let channels = ShopChannels(directory, configuration)
    var mappings = MappingCache(channels, given: try file.map { try channels.mapping(file: $0) })
    var summary = RetrySummary()
    try log.forEachReject { number, reject in
      guard numbers?.contains(number) ?? true else { return true }
      switch try mappings.mapping(named: reject.input) {
      case .success(let mapping):
        summary.count(try ingest.retry(reject, number: number, mapping: mapping, in: log), number: number)
      case .failure(let mistakes): summary.count(Ingest.RetryOutcome(reason: "\(mistakes)"), number: number)
      }
      return true
    }
    return summary
  }

  /// Deletes quarantined documents for good. Returns how many there were.
  package func dropRejects(_ numbers: [UInt64]) throws -> Int {
    try Ingest(rules: try intakeRules()).drop(numbers, from: log)
  }
}

/// The mappings that were asked for, each loaded once.
private struct MappingCache {
  private let channels: ShopChannels
  private var mappings: [String: Result<Mapping?, MappingFileError>] = [:]

  init(_ channels: ShopChannels, given: Mapping?) {
    self.channels = channels
    if let given { mappings[given.name] = .success(given) }
  }

  /// Nil where there is no such channel; a failure where its file has mistakes.
  mutating func mapping(named name: String) throws -> Result<Mapping?, MappingFileError> {
    if let known = mappings[name] { return known }
    let result = try loaded(name)
    mappings[name] = result
    return result
  }

  private func loaded(_ name: String) throws -> Result<Mapping?, MappingFileError> {
    do {
      return .success(try channels.mapping(named: name))
    } catch let error as MappingFileError {
      return .failure(error)
    }
  }
}

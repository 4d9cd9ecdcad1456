import EventLog
import Events

/// Gathers chunks and commits them batch by batch.
struct Committer {
  /// Some four hundred thousand events. Duplicates are compared with the log, and merging reads its index: what was read of
  /// the file would count as the process's memory, and grow with the log.
  private static let commitsBetweenReleases = 8

  private let log: EventLog
  private let now: () -> Instant
  private let tools: CommitTools
  private var batch = CommitBatch()
  private var commits = 0
  /// What was committed so far.
  private(set) var summary = IngestSummary()

  init(_ log: EventLog, now: @escaping () -> Instant) {
    self.log = log
    tools = CommitTools(log)
    self.now = now
  }

  /// Whether all that was taken is durable.
  var isEmpty: Bool { batch.isEmpty }

  /// Takes a chunk; durable after the commit that makes a batch of it, or after ``commit()``.
  mutating func take(_ chunk: PreparedChunk) throws {
    batch.add(chunk)
    if batch.isLarge { try commit() }
  }

  /// Commits what was taken since the last commit.
  mutating func commit() throws {
    guard !batch.isEmpty else { return }
    try batch.commit(to: log, with: tools, received: now(), counting: &summary)
    batch.removeAll()
    commits += 1
    if commits % Self.commitsBetweenReleases == 0 { log.releaseMemory() }
  }
}

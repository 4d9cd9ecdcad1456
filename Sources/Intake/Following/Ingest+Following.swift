package import EventLog
import Glibc
package import Mappings

extension Ingest {
  /// A batch is committed after a pause of the input, or after this many seconds without one.
  private static let commitSeconds = 1.0

  /// Takes events from an input as it grows, until it is stopped: NDJSON, or JSON bodies through a mapping.
  ///
  /// What is read becomes durable at every pause of the input, and at least once a second. After an error what came before
  /// is in the log. Throws ``IngestInterrupted``.
  /// - Parameters:
  ///   - path: a file that grows, a named pipe, or `-` for standard input.
  ///   - point: where another run ended.
  ///   - committed: is told after each commit what is in the log by now, and where another run would go on; nil for a pipe.
  package func follow(
    _ path: String, mapping: Mapping?, from point: ResumePoint?, into log: EventLog, control: FollowControl,
    committed: (IngestSummary, ResumePoint?) throws -> Void
  ) throws -> IngestSummary {
    let source = try FollowSource(path: path, mapping: mapping, from: point, control: control)
    var committer = Committer(log, now: rules.now)
    var newest = point
    var lastCommit = Self.now
    func commit() throws {
      try committer.commit()
      lastCommit = Self.now
      try committed(committer.summary, newest)
    }
    do {
      try forEachChunk(of: source) { chunk in
        try committer.take(chunk)
        newest = chunk.resume ?? newest
        if chunk.isPause || committer.isEmpty || Self.now - lastCommit > Self.commitSeconds { try commit() }
      }
    } catch {
      if error is InputError { try commit() }
      throw IngestInterrupted(cause: error, summary: committer.summary)
    }
    return committer.summary
  }

  /// Seconds on a clock that nobody sets.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

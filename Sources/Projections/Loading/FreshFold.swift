import EventLog
import KeyValueStore
import Threads

/// Folds the log from its first event on into states, on two threads: each takes half of the positions, in a working set
/// of its own, as folds do not mind in which order events come. States that do not fit into memory are set aside.
struct FreshFold {
  /// A half of the log, for one thread.
  private final class Share {
    let positions: ClosedRange<Position>
    var folding: EventFolding
    let runs: RunFile
    var folded: Position = 0

    init(_ positions: ClosedRange<Position>, _ folding: EventFolding, _ runs: RunFile) {
      self.positions = positions
      self.folding = folding
      self.runs = runs
    }

    func setAside() throws {
      try runs.add(&folding.set)
      MemoryBound.giveBack()
    }
  }

  /// About thirty megabytes of the log.
  private static let eventsBetweenReleases: Position = 1 << 19

  let tables: ProfileTables
  let settings: FoldSettings
  let limits: Projector.Limits
  /// Where temporary files are.
  let path: String

  /// The states of all events through `last`. `progress` gets the number of events folded so far.
  func fold(_ log: EventLog, through last: Position, _ progress: (Position) -> Void) throws -> LoadSource {
    // The older half is the longer one; behind the only event there is nothing.
    let middle = (last + 1) / 2
    let (older, newer) = (share(1...middle), share((middle + 1)...max(last, middle + 1)))
    try concurrently {
      try fold(newer, log) {}
    } _: {
      try fold(older, log) { progress(older.folded + newer.folded) }
    }
    progress(last)
    return try joined(older, newer)
  }

  private func share(_ positions: ClosedRange<Position>) -> Share {
    Share(
      positions, EventFolding(tables, settings),
      RunFile(path: path + (positions.lowerBound == 1 ? "-runs-older" : "-runs-newer")))
  }

  private func fold(_ share: Share, _ log: EventLog, _ progress: () -> Void) throws {
    let reader = LogReader(log)
    var memory = MemoryBound(limits)
    try reader.forEachBatch(from: share.positions.lowerBound, through: share.positions.upperBound) { block in
      try share.folding.fold(
        block, from: share.positions.lowerBound, through: share.positions.upperBound, in: NoRows())
      share.folded = min(block.last, share.positions.upperBound) - share.positions.lowerBound + 1
      progress()
      if block.first % Self.eventsBetweenReleases < UInt64(block.count) { reader.releaseMemory() }
      guard memory.isExceeded(by: share.folding.set) else { return }
      try share.setAside()
    }
  }

  private func joined(_ older: Share, _ newer: Share) throws -> LoadSource {
    if older.runs.isEmpty, newer.runs.isEmpty {
      try older.folding.set.absorb(&newer.folding.set)
      return LoadSource(older.folding.set, .memory)
    }
    try concurrently {
      try newer.setAside()
      try newer.runs.finish()
    } _: {
      try older.setAside()
      try older.runs.finish()
    }
    older.folding.set.absorbRest(of: newer.folding.set)
    return LoadSource(older.folding.set, .runs([older.runs, newer.runs]))
  }
}

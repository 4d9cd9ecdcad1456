package import EventLog
import KeyValueStore

/// What trying parked events again did.
package struct ParkedRetry: Equatable, Sendable {
  /// Events that are folded now.
  package internal(set) var folded = 0
  /// Events that still cannot be folded; their reasons are those of today.
  package internal(set) var stillParked = 0

  package init() {}
}

extension Projector {
  /// How many parked events one transaction tries.
  private static var parkedMax: Int { 4096 }

  /// Tries all parked events again, as this program and its upcasters read them. Folds do not mind that they come late.
  ///
  /// Nobody else may change the generation meanwhile. O(parked events + what they change).
  package func retryParked(_ log: EventLog) throws(ProjectionError) -> ParkedRetry {
    try projectionErrors {
      let reader = LogReader(log)
      var retry = ParkedRetry()
      var next: Position = 1
      while true {
        let positions = try generation.parked(from: next, limit: Self.parkedMax).map(\.position)
        guard let last = positions.last else { return retry }
        let failed = try self.retry(positions, reader)
        retry.stillParked += failed
        retry.folded += positions.count - failed
        next = last + 1
      }
    }
  }

  /// Returns how many of them could not be folded.
  private func retry(_ positions: [Position], _ reader: LogReader) throws -> Int {
    var writer = try GenerationWriter(generation, loadBytesMax: limits.loadBytesMax)
    let settings = try settingsOfGeneration()
    var folding = EventFolding(generation.tables, settings)
    for position in positions {
      guard let block = try reader.batch(holding: position) else { continue }
      try RowKey(position).withBytes { try writer.deleteIndex($0, in: writer.tables.parked) }
      try folding.fold(block, from: position, through: position, in: writer)
    }
    let failed = folding.set.parked.events.count
    try BatchWriting(settings).write(folding.set, to: &writer)
    try writer.commit()
    return failed
  }
}

import EventLog
import Events
import JSON
import ReadModels

/// Reads events of the log into a working set.
struct EventFolding {
  var set: WorkingSet
  private let parser = JSONParser()

  init(_ tables: ProfileTables, rules: IdentifierRules) { set = WorkingSet(tables, rules: rules) }

  /// Folds the blocks of the log behind the checkpoint, which moves along, to the end or until `goesOn` returns false.
  mutating func fold(
    _ reader: LogReader, in writer: inout GenerationWriter, _ progress: (Position) -> Void,
    while goesOn: (inout WorkingSet) throws -> Bool
  ) throws {
    while let block = try reader.batch(holding: writer.checkpoint.position + 1) {
      try block.forEach(from: writer.checkpoint.position + 1) { event in
        try fold(event, in: writer)
      }
      writer.checkpoint.position = block.last
      progress(block.last)
      guard try goesOn(&set) else { return }
    }
  }

  /// An event that cannot be read is parked with its reason: no event stops a projection.
  private mutating func fold(_ event: LoggedEvent, in writer: borrowing GenerationWriter) throws {
    do {
      let root = try parser.parse(padded: event.padded, count: event.documentBytes)
      try set.fold(try FoldedEvent(root, position: event.position), in: writer)
    } catch let error as UnfoldableEvent {
      set.park(event.position, error.reason)
    } catch let error as JSONError {
      set.park(event.position, error.description)
    }
  }
}

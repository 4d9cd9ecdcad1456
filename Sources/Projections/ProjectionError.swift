package import BinaryCoding
package import EventLog
package import KeyValueStore

/// What can go wrong with read models. They are disposable: a rebuild mends all of it.
package enum ProjectionError: Error, CustomStringConvertible {
  case newerVersion(found: UInt32, known: UInt32, file: String)
  case olderVersion(found: UInt32, known: UInt32)
  /// Rows of an older version can be asked for and not be changed.
  case stale(generation: Int, version: UInt32)
  case damaged(String)
  case incomplete(file: String)
  /// A table is asked for that the generation, of an older version, has not got.
  case absent(table: String, generation: Int)
  /// Scores are asked for of read models of a version that did not keep what they are made of.
  case withoutPurchases
  /// Somebody else builds a generation; the process, where it is known.
  case rebuildRunning(process: Int?)
  /// A wish that cannot be granted, and why.
  case refused(String)
  case store(StoreError)
  case coding(CodingError)
  case log(LogError)
  case file(String)

  /// Whether a disk or a file had no room left.
  package var isForWantOfRoom: Bool {
    switch self {
    case .store(let error): error.code == .diskFull || error.code == .mapFull
    case .file: true
    default: false
    }
  }

  /// A generation says that it has seen more than the log has.
  static func ahead(_ generation: Int, _ position: Position, ofLogThrough last: Position) -> ProjectionError {
    .damaged(
      "generation \(generation) has seen events through position \(position), but the log ends at \(last): it was made of another "
        + "log, or a file was replaced by an older one")
  }

  /// Whether a file of read models is not as it was written.
  package var isDamage: Bool {
    switch self {
    case .damaged, .coding: true
    case .store(let error): error.code == .corrupted
    default: false
    }
  }

  package var description: String {
    switch self {
    case .newerVersion(let found, let known, let file):
      "\(file) was written by a newer hoso (read models of version \(found), this program knows up to \(known)); use the newer program, or run 'hoso rebuild'"
    case .olderVersion(let found, let known):
      "the read models are of version \(found) and this program works with \(known); run 'hoso rebuild'"
    case .stale(let generation, let version):
      "the read models of generation \(generation) are of version \(version), which this program reads and does not change; 'hoso rebuild' brings them up to date"
    case .damaged(let what): "the read models are damaged: \(what); run 'hoso rebuild' (the log is not concerned)"
    case .incomplete(let file):
      "\(file) is being filled for the first time; wait for it to end, or run 'hoso rebuild' if it was interrupted"
    case .absent(let table, let generation): "\(table) are not in generation \(generation); 'hoso rebuild' adds them"
    case .withoutPurchases:
      "these read models do not say when orders were worth what, which scores are made of; 'hoso rebuild' adds it"
    case .rebuildRunning(let process):
      "another rebuild is running" + (process.map { " (process \($0))" } ?? "")
    case .refused(let what): what
    case .store(let error) where isDamage:
      "the read models are damaged: \(error.path): \(error.reason); run 'hoso rebuild' (the log is not concerned)"
    case .store(let error): error.description
    case .coding(let error): "the read models are damaged: \(error); run 'hoso rebuild' (the log is not concerned)"
    case .log(let error): error.description
    case .file(let what): what
    }
  }
}

/// Runs `body` and turns what lower layers report into a projection error.
func projectionErrors<Result: ~Copyable>(_ body: () throws -> Result) throws(ProjectionError) -> Result {
  do {
    return try body()
  } catch let error as ProjectionError {
    throw error
  } catch let error as StoreError {
    throw .store(error)
  } catch let error as CodingError {
    throw .coding(error)
  } catch let error as LogError {
    throw .log(error)
  } catch {
    throw .file("\(error)")
  }
}

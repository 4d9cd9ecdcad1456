import BinaryCoding
package import EventLog
package import Hashing
import ReadModels

/// How far a generation is, and figures that are kept current with it. Replaced in the transaction that folds.
package struct Checkpoint: Equatable, Sendable {
  /// Raised when the meaning or form of any row changes.
  package static let version: UInt32 = 2
  static let key = Array("checkpoint".utf8)
  /// Stands beside the checkpoint while the generation is being filled over several transactions.
  static let loadingKey = Array("loading".utf8)

  /// That of the rows.
  package internal(set) var version = Checkpoint.version
  /// All events up to here are folded.
  package internal(set) var position: Position = 0
  /// Over all rows, whatever the order in which they were written.
  package internal(set) var digest = SetDigest()
  /// People by stage.
  package internal(set) var stages = [Int](repeating: 0, count: Person.Stage.allCases.count)
  /// Orders and credits that no identifier claims.
  package internal(set) var ordersWithoutOwner = 0
  package internal(set) var creditsWithoutOwner = 0

  /// How many people there are.
  package var people: Int { stages.reduce(0, +) }

  func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 64)
    writer.fixed(version)
    writer.fixed(position)
    writer.fixed(digest.high)
    writer.fixed(digest.low)
    for count in stages { writer.count(count) }
    writer.count(ordersWithoutOwner)
    writer.count(creditsWithoutOwner)
    return writer.bytes
  }

  init() {}

  init(_ bytes: [UInt8], file: String) throws {
    self = try bytes.withUnsafeBytes { raw in
      var checkpoint = Checkpoint()
      var reader = ByteReader(raw)
      checkpoint.version = try reader.fixed()
      guard checkpoint.version <= Checkpoint.version else {
        throw ProjectionError.newerVersion(found: checkpoint.version, known: Checkpoint.version, file: file)
      }
      guard checkpoint.version == Checkpoint.version else {
        throw ProjectionError.olderVersion(found: checkpoint.version, known: Checkpoint.version)
      }
      checkpoint.position = try reader.fixed()
      checkpoint.digest = SetDigest(high: try reader.fixed(), low: try reader.fixed())
      for index in checkpoint.stages.indices { checkpoint.stages[index] = try reader.count() }
      checkpoint.ordersWithoutOwner = try reader.count()
      checkpoint.creditsWithoutOwner = try reader.count()
      return checkpoint
    }
  }
}

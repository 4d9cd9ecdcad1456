import BinaryCoding
import Events
import Hashing
import KeyValueStore

/// Where the log stands: stored under one key and replaced in the transaction that appends.
package struct LogState: Equatable {
  var last: Position = 0
  var sealed: Position = 0
  /// Commits to all sealed events: BLAKE2b(previous chain, content of the block).
  var chain = BLAKE2b.Digest.none
  /// Commits to the rows of the tail: BLAKE2b(previous tail chain, content of the row's record); zero for no rows.
  var tailChain = BLAKE2b.Digest.none
  /// Bytes of all documents, each with its newline.
  var contentBytes: UInt64 = 0
  var created = Instant(microseconds: 0)
  var rejectsMade: UInt64 = 0
  /// Runs of the duplicate index that were ever written.
  var runsMade: UInt32 = 0

  init() {}

  /// The stored form: a checksum of eight bytes, then the content.
  package func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 112)
    writer.fixed(LogFormat.version)
    writer.fixed(last)
    writer.fixed(sealed)
    writer.raw(chain.bytes)
    writer.raw(tailChain.bytes)
    writer.fixed(contentBytes)
    writer.fixed(created.microseconds)
    writer.fixed(rejectsMade)
    writer.fixed(runsMade)
    return Record.sealed(writer.bytes, key: LogFormat.stateKey)
  }

  /// Reads the content of the record. Throws `newerFormat` for a later version and `damaged` for anything unreadable.
  package init(_ content: UnsafeRawBufferPointer) throws(LogError) {
    do {
      var reader = ByteReader(content)
      let version = try reader.fixed(UInt32.self)
      guard version <= LogFormat.version else { throw LogError.newerFormat(found: version, known: LogFormat.version) }
      last = try reader.fixed()
      sealed = try reader.fixed()
      chain = BLAKE2b.Digest(bytes: Array(try reader.raw(BLAKE2b.Digest.byteCount)))
      tailChain = BLAKE2b.Digest(bytes: Array(try reader.raw(BLAKE2b.Digest.byteCount)))
      contentBytes = try reader.fixed()
      created = Instant(microseconds: try reader.fixed())
      rejectsMade = try reader.fixed()
      runsMade = try reader.fixed()
      guard version > 0, reader.isAtEnd, sealed <= last else { throw CodingError("its fields contradict each other") }
    } catch let error as LogError {
      throw error
    } catch {
      throw .damaged(position: 0, what: "the log's state record is malformed: \(error)")
    }
  }
}

extension Reading where Self: ~Copyable {
  /// The state record in the table, or nil if there is none. Throws `newerFormat` or `damaged`.
  func logState(in meta: Table) throws(LogError) -> LogState? {
    try withRecord(LogFormat.stateKey, in: meta) { (content) throws(LogError) in
      guard let content else {
        throw .damaged(position: 0, what: "the checksum of the log's state record does not match its bytes")
      }
      return try LogState(content)
    }
  }
}

import Events
import KeyValueStore

/// One complete set of read models in one file. Built once, kept current, and thrown away as a whole.
package final class Generation: Sendable {
  /// Counted from 1 in the order in which generations were begun.
  package let number: Int
  package let path: String
  let environment: Environment
  let tables: ProfileTables
  /// How far filling it has come.
  package let filling = Filling()
  /// Says that this process builds the generation; nil where it was only opened.
  private let buildMark: BuildMark?

  /// Opens a generation. A new one is created empty; while it is being built its commits need not be durable. One of
  /// an older version is opened for questions only.
  init(number: Int, path: String, create: Bool, readOnly: Bool, syncsOnCommit: Bool = true) throws(ProjectionError) {
    self.number = number
    self.path = path
    buildMark = create ? try BuildMark(path: path) : nil
    var options = Environment.Options()
    options.readOnly = readOnly
    options.syncsOnCommit = syncsOnCommit
    let chosen = options
    let environment = try projectionErrors { try Environment.open(path: path, options: chosen) }
    self.environment = environment
    let meta = try Self.openMeta(environment, create: create)
    if create { try Self.writeFirstCheckpoint(environment, meta) }
    // Which tables there are depends on the version.
    let checkpoint = try projectionErrors { try environment.read { try Self.checkpoint(in: $0, meta, path) } }
    guard readOnly || checkpoint.isCurrent else { throw .stale(generation: number, version: checkpoint.version) }
    tables = try projectionErrors {
      try ProfileTables(environment, meta: meta, number: number, version: checkpoint.version, create: create)
    }
  }

  private static func openMeta(_ environment: Environment, create: Bool) throws(ProjectionError) -> Table {
    do {
      return try environment.openTable("meta", create: create)
    } catch {
      guard error.code == .tableMissing else { throw .store(error) }
      throw .damaged("\(environment.path) was never completely created")
    }
  }

  private static func writeFirstCheckpoint(_ environment: Environment, _ meta: Table) throws(ProjectionError) {
    try projectionErrors {
      var transaction = try environment.beginWrite()
      let (key, value) = (Checkpoint.key, Checkpoint().encoded())
      if try transaction.insertIfAbsent(value.span.bytes, forKey: key.span.bytes, in: meta) {
        try transaction.commit()
      }
    }
  }

  /// How far the generation is.
  package func checkpoint() throws(ProjectionError) -> Checkpoint {
    try projectionErrors {
      try environment.read { transaction in try self.checkpoint(in: transaction) }
    }
  }

  func checkpoint(in transaction: borrowing some Reading & ~Copyable) throws -> Checkpoint {
    try Self.checkpoint(in: transaction, tables.meta, path)
  }

  private static func checkpoint(
    in transaction: borrowing some Reading & ~Copyable, _ meta: Table, _ path: String
  ) throws -> Checkpoint {
    let key = Checkpoint.key
    guard let bytes = try transaction.bytes(forKey: key.span.bytes, in: meta) else {
      throw ProjectionError.damaged("\(path) has no checkpoint")
    }
    return try Checkpoint(bytes, file: path)
  }

  /// The settings that its rows were made by; nil before the first event.
  package func settings() throws(ProjectionError) -> StoredSettings? {
    try projectionErrors {
      try environment.read { transaction in
        let key = StoredSettings.key
        return try transaction.bytes(forKey: key.span.bytes, in: tables.meta).map { try StoredSettings.decoded($0) }
      }
    }
  }

  /// Bytes of the file.
  package var fileBytes: Int {
    get throws(ProjectionError) { try projectionErrors { try environment.statistics.fileBytes } }
  }

  /// Events that could not be folded, with the reason, oldest first, from a position on.
  package func parked(
    from first: UInt64 = 1, limit: Int
  ) throws(ProjectionError) -> [(position: UInt64, reason: String)] {
    try projectionErrors {
      var found: [(position: UInt64, reason: String)] = []
      try environment.read { transaction in
        let start = RowKey(first).bytes
        try transaction.forEach(in: tables.parked, from: start.span.bytes) { key, value in
          found.append(
            (UInt64(bigEndianBytes: key) ?? 0, value.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }))
          return found.count < limit
        }
      }
      return found
    }
  }

  /// Closes the file once the transactions under way have ended. Idempotent.
  package func close() {
    environment.close()
    buildMark?.release()
  }
}

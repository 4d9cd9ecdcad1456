import EventLog
package import Hashing
import Identity
import KeyValueStore
import Synchronization
import Threads

/// Whether the rows are those that the checkpoint speaks of.
extension Generation {
  /// Reads every row on two threads, sums up the hashes of those that are digested, and checks the form of all others.
  /// Throws `damaged` with the table whose rows are not as they were written. `progress` gets the rows read and those
  /// that there are. O(rows).
  package func verify(progress: (Int, Int) -> Void = { _, _ in }) throws(ProjectionError) {
    try projectionErrors {
      try environment.checkPages()
      let total = try rowCount()
      let read = Atomic(0)
      let parts = try largestFirst()
      let taken = Atomic(0)
      func next() -> Part? {
        let number = taken.add(1, ordering: .relaxed).oldValue
        return number < parts.count ? parts[number] : nil
      }
      try concurrently {
        try self.verify(next) { read.add($0, ordering: .relaxed) }
      } _: {
        try self.verify(next) { progress(read.add($0, ordering: .relaxed).newValue, total) }
      }
      // Where the other thread took all the tables, nothing was said yet.
      progress(read.load(ordering: .relaxed), total)
    }
  }

  /// How many rows there are in all tables. O(1).
  package func rowCount() throws(ProjectionError) -> Int {
    try projectionErrors {
      try environment.read { transaction in
        try tables.rows.reduce(0) { sum, table in sum + (try transaction.count(of: table)) }
      }
    }
  }

  /// The digest of a projection's rows as they are now, whatever the checkpoint says of them; timelines are taken from
  /// it. Nil where the generation has not got the projection, or kept no digests of single tables. O(rows).
  package func digestOfRows(_ name: ProjectionName) throws(ProjectionError) -> SetDigest? {
    try projectionErrors {
      try read { snapshot in
        let checkpoint = snapshot.checkpoint
        guard checkpoint.versions[name] != nil, checkpoint.undividedDigest == nil else { return nil }
        var sum = SetDigest()
        for tag in name.tags {
          sum.add(tag == .timeline ? checkpoint.digests[tag] : try snapshot.digestOfRows(tag) { _ in })
        }
        return sum
      }
    }
  }

  /// The sum of the hashes of all rows of the tables that follow from a projection's rows; equal wherever its rows are. Nil where the
  /// generation has not got the projection. O(rows).
  package func digestOfIndices(_ name: ProjectionName) throws(ProjectionError) -> SetDigest? {
    try projectionErrors {
      try read { snapshot in
        guard snapshot.checkpoint.versions[name] != nil else { return nil }
        var sum = SetDigest()
        for (number, table) in tables.comparableIndices(of: name).enumerated() {
          try snapshot.forEachCounted(in: table, { _ in }) { key, row in
            sum.add(XXH3.hash128(row, seed: XXH3.hash64(key, seed: UInt64(number))))
          }
        }
        return sum
      }
    }
  }

  private enum Part {
    case digested(RowTag)
    case index(Table)
  }

  /// The tables in the order in which they are taken: a small one that comes last keeps nobody waiting.
  private func largestFirst() throws -> [Part] {
    var parts = tables.indices.map { (part: Part.index($0), table: $0) }
    for tag in tables.tags { parts.append((.digested(tag), try tables.table(of: tag))) }
    let counted = try environment.read { transaction in
      try parts.map { (part: $0.part, rows: try transaction.count(of: $0.table)) }
    }
    return counted.sorted { $0.rows > $1.rows }.map(\.part)
  }

  private func verify(_ next: () -> Part?, note: (Int) -> Void) throws {
    try read { snapshot in
      while let part = next() {
        switch part {
        case .digested(.timeline): try snapshot.checkTimelines(in: self, note)
        case .digested(let tag): try snapshot.checkDigest(of: tag, in: self, note)
        case .index(let table): try snapshot.checkForm(of: table, in: self, note)
        }
      }
    }
  }

  fileprivate func damaged(_ table: String, _ what: String) -> ProjectionError {
    .damaged("the table '\(table)' of generation \(number) \(what)")
  }
}

extension Snapshot {
  fileprivate func checkDigest(of tag: RowTag, in generation: Generation, _ note: (Int) -> Void) throws {
    guard try digestOfRows(tag, note) == checkpoint.digests[tag] else {
      throw generation.damaged(tag.name, "does not match its digest: some row is not as it was written")
    }
  }

  fileprivate func digestOfRows(_ tag: RowTag, _ note: (Int) -> Void) throws -> SetDigest {
    var sum = SetDigest()
    try forEachCounted(in: try tables.table(of: tag), note) { key, row in sum.add(rowHash(tag, key, row)) }
    return sum
  }

  /// What timelines say cannot be digested again without the log.
  fileprivate func checkTimelines(in generation: Generation, _ note: (Int) -> Void) throws {
    try forEachCounted(in: tables.timeline, note) { key, row in
      guard key.count == TimelineKey.byteCount, let bounds = try TimelineRows.bounds(row),
        bounds.first == TimelineKey(stored: key).first, bounds.last <= checkpoint.position
      else { throw generation.damaged("timeline", "has a malformed row") }
    }
  }

  fileprivate func checkForm(of table: Table, in generation: Generation, _ note: (Int) -> Void) throws {
    guard let form = tables.indexForms[table.name] else { return }
    try forEachCounted(in: table, note) { key, row in
      guard key.count == form.keyBytes, form.rowBytes.map({ $0 == row.count }) ?? true else {
        throw generation.damaged(table.name, "has a malformed row")
      }
    }
  }

  fileprivate func forEachCounted(
    in table: Table, _ note: (Int) -> Void, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var count = 0
    try forEach(in: table, from: nil) { key, row in
      try body(key, row)
      count += 1
      if count & 0xFFF == 0 { note(0x1000) }
      if count & 0x7FFF == 0 { reference.environment.releaseMappedPages() }
      return true
    }
    note(count & 0xFFF)
  }
}

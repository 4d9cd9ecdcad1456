import BinaryCoding
import KeyValueStore

/// Finds events by the hash of their (source, id), over the whole log.
///
/// A random key per event would make the append transaction many times slower, so each commit writes its entries as
/// one sorted run, and runs of like size are merged: a log-structured merge tree. A batch of hashes is looked up in
/// ascending order, which reads each run front to back.
struct DuplicateIndex {
  /// The key of the directory; runs are numbered from 1, so their keys are above it.
  private static let directoryKey: UInt64 = 0

  let table: Table
  /// All runs, oldest first.
  private(set) var runs: [IndexRun] = []
  /// How many runs were ever written; the number of the newest one.
  private(set) var runsMade: UInt32

  /// Reads the directory of runs. Where a run was ever made there must be one.
  init(
    table: Table, in transaction: borrowing some Reading & ~Copyable, runsMade: UInt32
  ) throws(LogError) {
    self.table = table
    self.runsMade = runsMade
    let stored = try transaction.withRecord(Self.directoryKey, in: table) { (content) throws(LogError) in
      guard let content, let runs = Self.runs(content), runs.allSatisfy({ $0.number <= runsMade }) else {
        throw .damaged(position: 0, what: "the directory of the duplicate index is damaged")
      }
      return runs
    }
    guard stored != nil || runsMade == 0 else {
      throw .damaged(position: 0, what: "the directory of the duplicate index is missing")
    }
    runs = stored ?? []
  }

  private static func runs(_ directory: UnsafeRawBufferPointer) -> [IndexRun]? {
    var reader = ByteReader(directory)
    do {
      var runs: [IndexRun] = []
      while !reader.isAtEnd {
        let number = try reader.fixed(UInt32.self)
        guard let count = Int(exactly: try reader.fixed(UInt64.self)), count > 0, number > runs.last?.number ?? 0 else {
          return nil
        }
        runs.append(IndexRun(number: number, count: count))
      }
      return runs
    } catch {
      return nil
    }
  }

  /// Calls `found` with the index in `hashes` and a position, for every stored event whose hash is among them.
  /// `hashes` are ascending; of equal ones the first is named.
  func lookUp(
    _ hashes: [UInt64], in transaction: borrowing some Reading & ~Copyable, _ found: (Int, Position) -> Void
  ) throws(LogError) {
    try hashes.withUnsafeBufferPointer { (hashes) throws(LogError) in
      for run in runs { try run.lookUp(hashes, in: table, transaction, found) }
    }
  }

  /// Adds the entries of one commit as a run, merged with those before it where enough of a size have gathered.
  /// `entries` are sorted.
  mutating func add(_ entries: [IndexEntry], in transaction: inout WriteTransaction) throws(LogError) {
    guard !entries.isEmpty else { return }
    var entries = entries
    while let first = MergePolicy().firstRunToMerge(runs.map(\.count) + [entries.count]) {
      entries = try merged(runs[first...], with: entries, in: transaction)
      for run in runs[first...] { try run.delete(from: table, in: &transaction) }
      runs.removeSubrange(first...)
    }
    runsMade += 1
    runs.append(try IndexRun.write(entries, number: runsMade, to: table, in: &transaction))
    try storeDirectory(in: &transaction)
  }

  private func merged(
    _ runs: ArraySlice<IndexRun>, with entries: [IndexEntry], in transaction: borrowing WriteTransaction
  ) throws(LogError) -> [IndexEntry] {
    var all = entries
    all.reserveCapacity(runs.reduce(entries.count) { $0 + $1.count })
    for run in runs { try run.forEach(in: table, transaction) { all.append($0) } }
    // The library's sort finds the sorted runs and merges them.
    all.sort()
    return all
  }

  private func storeDirectory(in transaction: inout WriteTransaction) throws(LogError) {
    var writer = ByteWriter(capacity: runs.count * 12)
    for run in runs {
      writer.fixed(run.number)
      writer.fixed(UInt64(run.count))
    }
    let key = EventLog.key(Self.directoryKey)
    let record = Record.sealed(writer.bytes, key: Self.directoryKey)
    do { try transaction.put(record.span.bytes, forKey: key.span.bytes, in: table) } catch { throw .store(error) }
  }
}

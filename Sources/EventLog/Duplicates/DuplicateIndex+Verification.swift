import KeyValueStore

extension DuplicateIndex {
  /// Reads every run. Throws at the first that is damaged, out of order, or names no event. O(entries).
  func verify(through last: Position, in transaction: borrowing some Reading & ~Copyable) throws(LogError) {
    for run in runs {
      let (lowest, fences) = try run.withFences(in: table, transaction) { lowest, fences in
        (lowest, (0..<fences.count).map { fences[$0] })
      }
      var previous: IndexEntry?
      for chunk in 0..<run.chunkCount {
        let isSound = try run.withChunk(chunk, in: table, transaction) { entries in
          guard entries[0] == fences[chunk] else { return false }
          return (0..<entries.count).allSatisfy { index in
            let entry = entries.entry(index, lowest: lowest)
            defer { previous = entry }
            return entry.position >= 1 && entry.position <= last && previous.map { $0 <= entry } ?? true
          }
        }
        guard isSound else {
          throw .damaged(position: 0, what: "run \(run.number) of the duplicate index is out of order")
        }
      }
    }
    let rowCount = runs.reduce(runs.isEmpty ? 0 : 1) { $0 + 1 + $1.chunkCount }
    guard try transaction.entryCount(of: table) == rowCount else {
      throw .damaged(position: 0, what: "the duplicate index has rows that do not belong to it")
    }
  }
}

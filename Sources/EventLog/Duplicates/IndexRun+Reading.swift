import KeyValueStore

extension IndexRun {
  /// Lends the lowest position of the run and the first hash of each chunk. Throws if the head is missing or damaged.
  func withFences<Result>(
    in table: Table, _ transaction: borrowing some Reading & ~Copyable,
    _ body: (_ lowest: Position, _ fences: StoredHashes) throws(LogError) -> Result
  ) throws(LogError) -> Result {
    let result = try transaction.withRecord(headKey, in: table) { (content) throws(LogError) -> Result in
      guard let content, content.count == chunkCount * 8 + 8 else { throw damaged("the head") }
      let lowest = UInt64(littleEndian: content.loadUnaligned(as: UInt64.self))
      return try body(lowest, StoredHashes(bytes: UnsafeRawBufferPointer(rebasing: content[8...]), stride: 8))
    }
    guard let result else { throw damaged("the head") }
    return result
  }

  /// Lends the entries of a chunk, counted from 0: each is a hash and, 6 bytes on, how far its position
  /// is above the run's lowest. Throws if it is missing
  /// or damaged.
  func withChunk<Result>(
    _ chunk: Int, in table: Table, _ transaction: borrowing some Reading & ~Copyable,
    _ body: (StoredHashes) throws(LogError) -> Result
  ) throws(LogError) -> Result {
    let result = try transaction.withRecord(key(ofChunk: chunk), in: table) { (content) throws(LogError) -> Result in
      guard let content, content.count == range(ofChunk: chunk).count * IndexEntry.byteCount else {
        throw damaged("chunk \(chunk + 1)")
      }
      return try body(StoredHashes(bytes: content, stride: IndexEntry.byteCount))
    }
    guard let result else { throw damaged("chunk \(chunk + 1)") }
    return result
  }

  private func damaged(_ part: String) -> LogError {
    .damaged(position: 0, what: "\(part) of run \(number) of the duplicate index is missing or damaged")
  }

  /// Calls `body` with every entry in order. O(count).
  func forEach(
    in table: Table, _ transaction: borrowing some Reading & ~Copyable, _ body: (IndexEntry) -> Void
  ) throws(LogError) {
    let lowest = try withFences(in: table, transaction) { lowest, _ in lowest }
    for chunk in 0..<chunkCount {
      try withChunk(chunk, in: table, transaction) { (entries) throws(LogError) in
        for index in 0..<entries.count { body(entries.entry(index, lowest: lowest)) }
      }
    }
  }

  /// Calls `found` with the index in `hashes` and the position of every entry whose hash is among them; of equal
  /// hashes with the index of the first. `hashes` are ascending.
  ///
  /// A merge join of the two sorted sequences that skips what lies between matches: each chunk is read at most once,
  /// in order. O(hashes log(entries between two of them)).
  func lookUp(
    _ hashes: UnsafeBufferPointer<UInt64>, in table: Table, _ transaction: borrowing some Reading & ~Copyable,
    _ found: (Int, Position) -> Void
  ) throws(LogError) {
    try withFences(in: table, transaction) { (lowest, fences) throws(LogError) in
      var (next, chunk) = (0, 0)
      while next < hashes.count, chunk < fences.count {
        // Equal hashes may begin at the end of the last chunk whose first hash is below them.
        chunk = max(chunk, fences.firstIndex(from: chunk, atOrAbove: hashes[next]) - 1)
        let limit = chunk + 1 < fences.count ? fences[chunk + 1] : nil
        next = try withChunk(chunk, in: table, transaction) { (entries) throws(LogError) in
          entries.join(hashes, from: next, through: limit) { found($0, lowest + $1) }
        }
        chunk += 1
      }
    }
  }
}

extension StoredHashes {
  /// The entry at an index, where these are the hashes of entries.
  func entry(_ index: Int, lowest: Position) -> IndexEntry {
    IndexEntry(hash: self[index], position: lowest + offset(index))
  }

  /// How far the position of the entry at an index is above the run's lowest.
  fileprivate func offset(_ index: Int) -> UInt64 {
    UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * stride + 6, as: UInt32.self)))
  }

  /// Reports the entries whose hash is among `hashes` from `start` on, as far as `limit`, the first hash of the next
  /// chunk. Returns the index of the first hash that may have entries there.
  fileprivate func join(
    _ hashes: UnsafeBufferPointer<UInt64>, from start: Int, through limit: UInt64?,
    _ found: (Int, UInt64) -> Void
  ) -> Int {
    var (next, index) = (start, 0)
    while next < hashes.count {
      let hash = hashes[next]
      if let limit, hash > limit { return next }
      index = firstIndex(from: index, atOrAbove: hash)
      // Entries that were reported are behind `index`, so an equal hash that follows finds none.
      while index < count, self[index] == hash {
        found(next, offset(index))
        index += 1
      }
      if hash == limit { return next }
      next += 1
    }
    return next
  }
}

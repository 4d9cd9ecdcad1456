import Hashing
import KeyValueStore

/// Rows of one table that are sorted once all of them are there.
struct UnsortedRows {
  private var batches: [RowBatch] = []

  var table: Table? { batches.first?.table }

  mutating func add(_ batch: RowBatch) { batches.append(batch) }

  /// Writes all rows in the order of their keys, and forgets them. O(n).
  mutating func write(to writer: inout GenerationWriter) throws {
    var places: [Place] = []
    places.reserveCapacity(batches.reduce(0) { $0 + $1.count })
    for (number, batch) in batches.enumerated() {
      for index in 0..<batch.count {
        let prefix = batch.withRow(index) { key, _ in StoredKey.position(key) }
        places.append(Place(prefix: prefix, batch: UInt32(number), index: UInt32(index)))
      }
      if let tag = batch.tag { writer.checkpoint.digests[tag].add(batch.digest) }
    }
    let order = sortedByUniformPrefix(places.count, { places[$0].prefix }) { a, b in
      withKey(places[a]) { a in withKey(places[b]) { b in a.lexicographicallyPrecedes(b) } }
    }
    for index in order {
      let batch = batches[Int(places[index].batch)]
      try batch.withRow(Int(places[index].index)) { try writer.appendIndex($1, forKey: $0, in: batch.table) }
    }
    batches = []
  }

  private func withKey<Result>(_ place: Place, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    batches[Int(place.batch)].withRow(Int(place.index)) { key, _ in body(key) }
  }

  /// Where a row is, with the first bytes of its key.
  private struct Place {
    let prefix: UInt64
    let batch, index: UInt32
  }
}

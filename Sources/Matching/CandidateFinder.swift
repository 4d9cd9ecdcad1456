/// Finds pairs of records that are possibly of one person although no identifier links them.
///
/// Every pair is a proposal for a human to decide, never a reason to merge by itself. Records are compared only within
/// blocks of common keys, so the time grows with the records and not with their square, and a pair that has no key in
/// common is missed. About 200 bytes a record.
///
/// It is not for looking up one person among many: it compares all with all.
package struct CandidateFinder {
  private var store = RecordStore()

  package init() {}

  /// Adds the record with the next number, from 0; up to 2^32 records. O(length of the record).
  package mutating func add(_ record: MatchRecord) { store.add(record) }

  /// The pairs with at least a score, best first, then by their numbers. The order of adding decides nothing but the
  /// numbers. O(n log n) for n records, and memory for every pair that is returned.
  package func candidates(minimumScore: Double) -> [MatchCandidate] {
    let prepared = PreparedRecords(store)
    var found: [UInt64: MatchCandidate] = [:]
    for key in BlockingKey.allCases {
      Blocks(key, of: store).forEachPair(limit: key.blockLimit) { first, second in
        let pair = UInt64(first) << 32 | UInt64(second)
        guard found[pair] == nil else { return }
        found[pair] = prepared.candidate(first, second, minimumScore: minimumScore)
      }
    }
    return found.values.sorted(by: MatchCandidate.isBefore)
  }
}

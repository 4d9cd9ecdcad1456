import Compression
import EventLog
import Events
import JSON

/// An event of a batch by its hash; sorts by hash, then by place in the batch.
private struct HashedEvent: Comparable {
  let hash: UInt64
  let index: Int

  static func < (a: Self, b: Self) -> Bool { a.hash != b.hash ? a.hash < b.hash : a.index < b.index }
}

/// Finds out which events of a batch are new. Exact: hashes only nominate candidates, the events themselves decide.
final class Deduplicator {
  private let decompressor = ZstandardDecompressor()
  private let left = JSONParser()
  private let right = JSONParser()
  private var cached: LogBatch?

  /// A verdict for each event, in order. O(n log n) in the batch plus the look-ups; duplicates cost a read of the log,
  /// sequential when a file is repeated in its order.
  func judge(_ batch: [BatchEvent], in appender: borrowing LogAppender) throws -> [Verdict] {
    // What was read in another transaction may have been sealed since.
    cached = nil
    let order = batch.enumerated().map { HashedEvent(hash: $1.hash, index: $0) }.sorted()
    let stored = try stored(order, in: appender)
    let leaders = Self.leadersOfEqualHashes(order)
    var verdicts = [Verdict](repeating: .new, count: batch.count)
    var followers: [Int: [Int]] = [:]
    for index in Set(stored.keys).union(leaders.keys).sorted() {
      let leader = leaders[index] ?? index
      let (positions, earlier) = (stored[leader] ?? [], followers[leader] ?? [])
      verdicts[index] = try judge(batch, index, stored: positions, earlier: earlier, in: appender)
      if leaders[index] != nil, case .new = verdicts[index] { followers[leader, default: []].append(index) }
    }
    return verdicts
  }

  /// Where events of the log have the hash of one of the batch, by the index of the first event with that hash.
  private func stored(_ order: [HashedEvent], in appender: borrowing LogAppender) throws -> [Int: [Position]] {
    var stored: [Int: [Position]] = [:]
    try appender.lookUp(order.map(\.hash)) { place, position in
      stored[order[place].index, default: []].append(position)
    }
    return stored
  }

  /// For every event that shares its hash with another one of the batch, the first of them.
  private static func leadersOfEqualHashes(_ order: [HashedEvent]) -> [Int: Int] {
    var leaders: [Int: Int] = [:]
    var first = 0
    for place in order.indices.dropFirst() {
      if order[place].hash != order[first].hash {
        first = place
      } else {
        leaders[order[first].index] = order[first].index
        leaders[order[place].index] = order[first].index
      }
    }
    return leaders
  }

  private func judge(
    _ batch: [BatchEvent], _ index: Int, stored: [Position], earlier: [Int], in appender: borrowing LogAppender
  ) throws -> Verdict {
    for other in earlier {
      let relation = batch[other].withDocument { other in batch[index].withDocument { relate($0, other, batch[index]) }
      }
      if let verdict = Self.verdict(relation, .earlierInBatch) { return verdict }
    }
    for position in stored {
      let relation = try withStored(position, in: appender) { other in
        batch[index].withDocument { relate($0, other, batch[index]) }
      }
      if let verdict = Self.verdict(relation, .stored(position)) { return verdict }
    }
    return .new
  }

  private static func verdict(_ relation: Relation, _ twin: Verdict.Twin) -> Verdict? {
    switch relation {
    case .same: .duplicate
    case .sameIdentity: .conflict(with: twin)
    case .other: nil
    }
  }

  private enum Relation { case same, sameIdentity, other }

  /// Compares two canonical documents: bytes first, meaning only where they differ.
  private func relate(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, _ event: BatchEvent
  ) -> Relation {
    if a.hasSameBytes(as: b) { return .same }
    guard let first = parsed(a, left), let second = parsed(b, right), Self.sameIdentity(first, second) else {
      return .other
    }
    // An event without a time of its own got that of its first delivery.
    let isSame =
      event.document.timeIsArrival
      ? Self.isSameButForTime(first, second) : first.isEquivalent(to: second, sameNumber: Self.isSameNumber)
    return isSame ? .same : .sameIdentity
  }

  private static func isSameButForTime(_ a: JSONValue, _ b: JSONValue) -> Bool {
    a.count == b.count
      && a.members.allSatisfy { key, value in
        if key.bytes.spells("time") { return true }
        return b.member(named: key.bytes).map { value.isEquivalent(to: $0, sameNumber: isSameNumber) } ?? false
      }
  }

  /// Whether two texts are one number. Those beyond exact arithmetic are taken for different.
  private static func isSameNumber(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = ExactDecimal(utf8: a), let second = ExactDecimal(utf8: b) else { return false }
    return first == second
  }

  /// Canonical documents were parsed before; one that does not parse any more is equal to nothing.
  private func parsed(_ document: UnsafeBufferPointer<UInt8>, _ parser: JSONParser) -> JSONValue? {
    do { return try parser.parse(document) } catch { return nil }
  }

  private static func sameIdentity(_ a: JSONValue, _ b: JSONValue) -> Bool {
    func isSame(_ a: JSONValue?, _ b: JSONValue?) -> Bool {
      guard let a, let b else { return false }
      return a.bytes.hasSameBytes(as: b.bytes)
    }
    return isSame(a["id"], b["id"]) && isSame(a["source"], b["source"])
  }

  private func withStored<Result>(
    _ position: Position, in appender: borrowing LogAppender, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) throws -> Result {
    if cached.map({ position < $0.first || position > $0.last }) ?? true {
      cached = try appender.batch(holding: position, with: decompressor)
    }
    var result: Result?
    cached?.forEach(from: position, through: position) { result = body($0.document) }
    guard let result else {
      throw LogError.damaged(position: position, what: "the duplicate index names a missing event")
    }
    return result
  }
}

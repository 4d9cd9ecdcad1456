package import Hashing

extension EventLog {
  /// The digest that the log had when its newest event was the one at `position`. O(events of one block). Throws
  /// `noSuchPosition` beyond the end.
  package func digest(through position: Position) throws(LogError) -> BLAKE2b.Digest {
    guard position > 0 else { return .none }
    let reader = LogReader(self)
    guard let batch = try reader.batch(holding: position) else {
      throw .noSuchPosition(position, last: try info().last)
    }
    if batch.last == position, let chain = batch.chain { return chain }
    let before = batch.first > 1 ? try reader.batch(holding: batch.first - 1)?.chain : nil
    var block = OpenBlock()
    batch.forEach(through: position) { block.append(UnsafeRawBufferPointer($0.document), received: $0.received) }
    return block.digest(after: before ?? .none)
  }
}

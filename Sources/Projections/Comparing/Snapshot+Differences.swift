import BinaryCoding
import KeyValueStore
import ReadModels

extension Snapshot {
  /// Calls `body` for every row of a table that is not the same in another generation, in the order of keys. Rows of two
  /// versions are the same where they say the same. A table that a generation has not got counts as empty. O(rows);
  /// constant memory.
  package func forEachDifference(
    from former: borrowing Snapshot, in tag: RowTag, _ body: (RowDifference) throws -> Void
  ) throws {
    let walk = PairedWalk(tag: tag, formBefore: former.form, formAfter: form)
    try former.withAdvance(in: tag) { before in
      try self.withAdvance(in: tag) { after in try walk.run(before, after, body) }
    }
  }

  private func withAdvance(in tag: RowTag, _ body: ((inout ComparedEntry) throws -> Void) throws -> Void) throws {
    guard tables.tags.contains(tag) else { return try body { _ in } }
    let use: (inout Cursor) throws -> Void = { cursor in try body { try $0.advance(&cursor) } }
    try withCursor(in: try tables.table(of: tag), use)
  }
}

/// Walks two tables in the order of their keys.
private struct PairedWalk {
  let tag: RowTag
  let formBefore: UInt32
  let formAfter: UInt32

  func run(
    _ nextBefore: (inout ComparedEntry) throws -> Void, _ nextAfter: (inout ComparedEntry) throws -> Void,
    _ body: (RowDifference) throws -> Void
  ) throws {
    var (before, after) = (ComparedEntry(of: tag), ComparedEntry(of: tag))
    try nextBefore(&before)
    try nextAfter(&after)
    while before.isThere || after.isThere {
      let isBefore = before.isThere && (!after.isThere || !after.key.lexicographicallyPrecedes(before.key))
      let isAfter = after.isThere && (!before.isThere || !before.key.lexicographicallyPrecedes(after.key))
      try report(isBefore ? before : nil, isAfter ? after : nil, body)
      if isBefore { try nextBefore(&before) }
      if isAfter { try nextAfter(&after) }
    }
  }

  private func report(
    _ before: ComparedEntry?, _ after: ComparedEntry?, _ body: (RowDifference) throws -> Void
  ) throws {
    if let before, let after, try areSame(before.row, after.row) { return }
    try (before?.key ?? after?.key ?? []).withUnsafeBytes { key in
      try (before?.row ?? []).withUnsafeBytes { old in
        try (after?.row ?? []).withUnsafeBytes { new in
          try body(
            RowDifference(tag: tag, key: key, before: before == nil ? nil : old, after: after == nil ? nil : new))
        }
      }
    }
  }

  private func areSame(_ before: [UInt8], _ after: [UInt8]) throws -> Bool {
    if before == after { return true }
    guard formBefore != formAfter else { return false }
    return try before.withUnsafeBytes { before in
      try after.withUnsafeBytes { after in try areSame(before, after) }
    }
  }

  private func areSame(_ before: UnsafeRawBufferPointer, _ after: UnsafeRawBufferPointer) throws -> Bool {
    func same<State: FoldState>(_: State.Type) throws -> Bool {
      try State.decode(before, form: formBefore) == State.decode(after, form: formAfter)
    }
    switch tag {
    case .identifiers: return try same(IdentifierState.self)
    case .links: return try same(LinkState.self)
    case .decisions: return try same(DecisionState.self)
    case .orders: return try same(OrderState.self)
    case .tickets: return try same(TicketState.self)
    case .messages: return try same(MessageState.self)
    case .credits: return try same(CreditState.self)
    case .people: return try Person(decoding: before, form: formBefore) == Person(decoding: after, form: formAfter)
    case .products: return try same(ProductState.self)
    case .pairs: return try same(ProductPairState.self)
    case .campaigns: return try same(CampaignState.self)
    case .timeline: return false
    }
  }
}

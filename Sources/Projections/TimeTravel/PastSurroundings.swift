import EventLog
import Events
import Hashing
import Identity
import ReadModels

/// The identifiers that may have been one person with some other at a moment.
struct PastSurroundings {
  let grouping: GroupingRules
  let settings: FoldSettings
  private var rules: IdentifierRules { settings.identifiers }
  var fold: PastFold
  /// In the order in which they were found.
  private(set) var nodes: [IdentifierKey] = []
  private(set) var standings: [IdentifierKey: Standing] = [:]
  private var read: Set<IdentifierKey> = []

  init(_ settings: FoldSettings, _ fold: PastFold) {
    self.settings = settings
    grouping = GroupingRules(settings.identifiers.types)
    self.fold = fold
  }

  /// Finds everything that was connected with an identifier by links and decisions that counted then.
  mutating func explore(from start: IdentifierKey, in snapshot: borrowing Snapshot) throws {
    try readCarriers(of: [start], in: snapshot)
    var queue = [start]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      guard standings[node] == nil, let standing = try standing(of: node, in: snapshot) else { continue }
      nodes.append(node)
      standings[node] = standing
      for (pair, state) in fold.decisions where pair.anchor == node.hash && state.decision?.verdict == .linked {
        queue.append(IdentifierKey(pair.other))
      }
      guard standing == .linking else { continue }
      queue += try neighbours(of: node, in: snapshot)
    }
  }

  /// Reads the events that are anchored on an identifier, once.
  mutating func read(_ node: IdentifierKey, in snapshot: borrowing Snapshot) throws {
    guard read.insert(node).inserted else { return }
    try fold.fold(try snapshot.timeline(of: [node.hash]))
  }

  /// Whether an identifier linked others then; nil where it was not seen by then.
  private mutating func standing(of node: IdentifierKey, in snapshot: borrowing Snapshot) throws -> Standing? {
    try read(node, in: snapshot)
    guard let identifier = try identifier(node, in: snapshot) else { return nil }
    if rules.isBlocked(identifier) { return try wasSeen(node, in: snapshot) ? .blocked : nil }
    var counts: [Int: Int] = [:]
    var total = 0
    let rank = grouping.rank(ofType: identifier.type)
    for pair in try snapshot.links(of: node) {
      guard let companion = try self.identifier(pair.other(than: node), in: snapshot), !rules.isBlocked(companion),
        try existed(pair, in: snapshot)
      else { continue }
      total += 1
      counts[grouping.rank(ofType: companion.type), default: 0] += 1
      let isShared = grouping.sharing(rank).contains { counts[$0.rank, default: 0] > $0.max }
      if isShared || total > grouping.linksMax(rank) { return .shared }
    }
    return try total > 0 || wasSeen(node, in: snapshot) ? .linking : nil
  }

  private mutating func wasSeen(_ node: IdentifierKey, in snapshot: borrowing Snapshot) throws -> Bool {
    if fold.identifiers[node] != nil { return true }
    for pair in try snapshot.links(of: node) where try existed(pair, in: snapshot) { return true }
    return false
  }

  private func identifier(_ key: IdentifierKey, in snapshot: borrowing Snapshot) throws -> Identifier? {
    try snapshot.identifierState(key)?.identifier
  }

  /// The identifiers that had been seen together with one by then.
  private mutating func neighbours(
    of node: IdentifierKey, in snapshot: borrowing Snapshot
  ) throws -> [IdentifierKey] {
    var found: [IdentifierKey] = []
    for pair in try snapshot.links(of: node) where try existed(pair, in: snapshot) {
      found.append(pair.other(than: node))
    }
    return found
  }

  /// Whether a link had been seen by then.
  private mutating func existed(_ pair: IdentifierPair, in snapshot: borrowing Snapshot) throws -> Bool {
    if case .time(let time) = fold.moment { return try snapshot.link(pair).map { $0.firstSeen <= time } ?? false }
    try read(pair.anchor, in: snapshot)
    return fold.links[pair.key] != nil
  }
}

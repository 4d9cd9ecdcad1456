import EventLog
import Events
import Hashing
import Identity
import ReadModels

/// The identifiers that may have been one person with some other at a moment.
struct PastSurroundings {
  let grouping: GroupingRules
  private let rules: IdentifierRules
  var fold: PastFold
  /// In the order in which they were found.
  private var nodes: [IdentifierKey] = []
  private(set) var standings: [IdentifierKey: Standing] = [:]
  private var read: Set<IdentifierKey> = []

  init(_ rules: IdentifierRules, _ fold: PastFold) {
    self.rules = rules
    grouping = GroupingRules(rules.types)
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
  private mutating func read(_ node: IdentifierKey, in snapshot: borrowing Snapshot) throws {
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

extension PastSurroundings {
  /// The identifiers that were one person with another one.
  func members(with identifier: IdentifierKey) -> [IdentifierKey] {
    var indices: [Hash128: Int] = [:]
    var graph = IdentityGraph()
    for node in nodes {
      guard let state = fold.identifiers[node], let standing = standings[node] else { continue }
      indices[node.hash] = graph.keys.count
      graph.addNode(node.hash, rank: grouping.rank(ofType: state.identifier.type), standing)
    }
    guard let start = indices[identifier.hash] else { return [] }
    for (pair, link) in fold.links {
      guard let a = indices[pair.anchor], let b = indices[pair.other] else { continue }
      graph.addLink(a, b, firstSeen: link.firstSeen)
    }
    for (pair, isLink) in decisionsNewestFirst {
      guard let a = indices[pair.anchor], let b = indices[pair.other] else { continue }
      graph.addDecision(.init(a, b, isLink: isLink))
    }
    let roots = graph.resolve(grouping).roots
    return roots.indices.filter { roots[$0] == roots[start] }.map { IdentifierKey(graph.keys[$0]) }
  }

  private var decisionsNewestFirst: [(pair: LinkKey, isLink: Bool)] {
    let found = fold.decisions.compactMap { pair, state -> (pair: LinkKey, isLink: Bool, stamp: Stamp)? in
      guard pair.anchor < pair.other, case .decided(let stamp, let verdict) = state.bearing else { return nil }
      return (pair, verdict == .linked, stamp)
    }
    return found.sorted { $1.stamp < $0.stamp }.map { ($0.pair, $0.isLink) }
  }

  /// Reads all events that carry one of the identifiers, also those that are anchored on what links nobody: they say when
  /// it was seen.
  mutating func readCarriers(of members: [IdentifierKey], in snapshot: borrowing Snapshot) throws {
    for member in members {
      for pair in try snapshot.links(of: member) where pair.other == member { try read(pair.anchor, in: snapshot) }
    }
  }

  /// The entities that events anchored on the identifiers speak of, in the order of keys.
  func mentioned(by members: [IdentifierKey]) -> [EntityKey] {
    members.reduce(into: Set<EntityKey>()) { $0.formUnion(fold.mentioned[$1] ?? []) }.sorted()
  }

  /// Adds an entity to a person if it belonged to one of the identifiers. Returns whether it counted; nil if it did not
  /// belong to them.
  mutating func add(
    _ entity: EntityKey, of members: Set<IdentifierKey>, to builder: inout PersonBuilder,
    _ snapshot: borrowing Snapshot
  ) throws -> Bool? {
    switch entity.kind {
    case .order:
      guard let order = try own(try snapshot.order(entity), members, snapshot) else { return nil }
      builder.add(order)
      return order.counts
    case .ticket:
      guard let ticket = try own(try snapshot.ticket(entity), members, snapshot) else { return nil }
      builder.add(ticket)
    case .message:
      guard let message = try own(try snapshot.message(entity), members, snapshot) else { return nil }
      builder.add(message)
    case .credit:
      guard let credit = try own(try snapshot.credit(entity), members, snapshot) else { return nil }
      builder.add(credit)
    }
    return true
  }

  /// What an entity of today was then, if it belonged to one of the identifiers.
  private mutating func own<State: EntityState>(
    _ now: State?, _ members: Set<IdentifierKey>, _ snapshot: borrowing Snapshot
  ) throws -> State? {
    guard let now else { return nil }
    let positions = try snapshot.timeline(of: [EntityKey(State.kind, id: now.id).hash])
    guard let then: State = try fold.entity(now.id, positions), let owner = then.owner else { return nil }
    return members.contains(IdentifierKey(owner.identifier)) ? then : nil
  }
}

import EventLog
import Events
import Hashing
import Identity
import ReadModels

/// Who was one person, and what belonged to them.
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
    return members.contains(owner.identifier) ? then : nil
  }
}

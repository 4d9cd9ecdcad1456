import Events
package import Identity
import Projections
package import ReadModels

/// How two identifiers are connected: one step after the other.
package struct IdentityStep: Sendable {
  /// Why the two ends of a step belong together.
  package enum Evidence: Sendable {
    /// Events that are anchored on one and carry the other.
    case link(LinkState)
    /// An operator said so.
    case decision(DecisionState)
  }

  package let from: IdentifierKey
  package let to: IdentifierKey
  /// The end that the events are anchored on.
  package let anchor: IdentifierKey
  package let evidence: Evidence
}

/// Searches for the shortest way from one identifier to another.
struct IdentityPathFinder {
  /// Which connections may be used.
  enum Scope {
    /// Those that make one person.
    case person(IdentifierKey)
    /// Those that could make one person if nothing stood against it.
    case eligible
    /// All that were ever seen together.
    case seen
  }

  /// No more identifiers than this are looked at: what is that far away explains nothing.
  static let visitedMax = 20_000

  /// The search was given up.
  struct TooFar: Error {}

  let grouping: GroupingRules
  let scope: Scope

  /// The steps of a shortest path; nil where there is none. Breadth first, so O(identifiers + links) of what is near.
  /// Throws ``TooFar``.
  func path(
    from start: IdentifierKey, to goal: IdentifierKey, in snapshot: borrowing Snapshot
  ) throws -> [IdentityStep]? {
    var arrivals: [IdentifierKey: IdentityStep] = [:]
    var queue = [start]
    var next = 0
    guard start != goal else { return [] }
    while next < queue.count {
      guard next < Self.visitedMax else { throw TooFar() }
      let here = queue[next]
      next += 1
      for step in try self.steps(from: here, in: snapshot) where step.to != start && arrivals[step.to] == nil {
        arrivals[step.to] = step
        if step.to == goal { return steps(back: goal, to: start, arrivals) }
        queue.append(step.to)
      }
    }
    return nil
  }

  private func steps(
    back goal: IdentifierKey, to start: IdentifierKey, _ arrivals: [IdentifierKey: IdentityStep]
  ) -> [IdentityStep] {
    var steps: [IdentityStep] = []
    var here = goal
    while here != start, let step = arrivals[here] {
      steps.append(step)
      here = step.from
    }
    return steps.reversed()
  }

  /// Decisions first, then links in the order of keys.
  private func steps(from here: IdentifierKey, in snapshot: borrowing Snapshot) throws -> [IdentityStep] {
    var steps: [IdentityStep] = []
    for (other, state) in try snapshot.decisions(about: here) where state.decision?.verdict == .linked {
      guard try isInside(other, snapshot) else { continue }
      steps.append(IdentityStep(from: here, to: other, anchor: here, evidence: .decision(state)))
    }
    for pair in try snapshot.links(of: here) {
      let other = pair.other(than: here)
      guard try isInside(other, snapshot), try isUsable(here, other, snapshot),
        let link = try snapshot.link(pair)
      else { continue }
      steps.append(IdentityStep(from: here, to: other, anchor: pair.anchor, evidence: .link(link)))
    }
    return steps
  }

  private func isInside(_ other: IdentifierKey, _ snapshot: borrowing Snapshot) throws -> Bool {
    guard case .person(let key) = scope else { return true }
    return try snapshot.personKey(of: other) == key
  }

  private func isUsable(_ a: IdentifierKey, _ b: IdentifierKey, _ snapshot: borrowing Snapshot) throws -> Bool {
    if case .seen = scope { return true }
    guard try snapshot.standing(of: a) == .linking, try snapshot.standing(of: b) == .linking else { return false }
    let types = try [a, b].map { try snapshot.identifierState($0)?.identifier.type ?? "" }
    return grouping.mayLink(grouping.rank(ofType: types[0]), grouping.rank(ofType: types[1]))
  }
}

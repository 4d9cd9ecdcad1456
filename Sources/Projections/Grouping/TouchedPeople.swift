import Events
import Hashing
import Identity
import ReadModels

/// The people that a batch touches, each known by the key that it had before; new identifiers stand for themselves.
struct TouchedPeople {
  private let grouping: GroupingRules
  /// By identifier, the index of its person.
  private var people: [Hash128: Int] = [:]
  private var keys: [Hash128] = []
  private var indices: [Hash128: Int] = [:]
  private var sets = IndexedDisjointSets(count: 0)
  /// By index, how many identifiers of each limited rank the person holds.
  private var counts: [[Int]] = []
  private var hasDecisions: [Bool] = []
  private var isUnsettled: [Bool] = []

  init(_ grouping: GroupingRules) { self.grouping = grouping }

  /// Adds the person that an identifier belongs to.
  mutating func add(_ key: Hash128, in writer: borrowing GenerationWriter) throws {
    guard people[key] == nil else { return }
    let label = try writer.label(of: key) ?? key
    if let index = indices[label] {
      people[key] = index
      return
    }
    let index = keys.count
    keys.append(label)
    indices[label] = index
    people[key] = index
    sets.append()
    let members = try writer.members(ofLabel: label)
    counts.append(try held(members, writer))
    hasDecisions.append(try writer.hasDecisions(about: members))
    isUnsettled.append(false)
  }

  private func held(_ members: [Hash128], _ writer: borrowing GenerationWriter) throws -> [Int] {
    let ranks = try members.map { try writer.rank(of: $0, grouping) }
    return grouping.limits.map { limit in ranks.count { $0 == limit.rank } }
  }

  /// The people around an identifier must be found anew.
  mutating func unsettle(_ key: Hash128) {
    guard let index = people[key] else { return }
    isUnsettled[sets.root(index)] = true
  }

  mutating func areOne(_ link: LinkKey) -> Bool {
    guard let a = people[link.anchor], let b = people[link.other] else { return false }
    return sets.root(a) == sets.root(b)
  }

  /// Makes the people at both ends of a new link one, or has them found anew where a rule or a decision may forbid that.
  mutating func join(_ link: LinkKey, in writer: borrowing GenerationWriter) throws {
    guard let a = people[link.anchor], let b = people[link.other] else {
      throw ProjectionError.damaged("a link of the batch has an end that the batch did not touch")
    }
    let (rootA, rootB) = (sets.root(a), sets.root(b))
    guard rootA != rootB else { return }
    let isFree = !hasDecisions[rootA] && !hasDecisions[rootB] && fits(rootA, rootB)
    guard isFree else {
      isUnsettled[rootA] = true
      isUnsettled[rootB] = true
      return
    }
    sets.join(rootA, rootB)
    let root = sets.root(rootA)
    counts[root] = zip(counts[rootA], counts[rootB]).map { $0 + $1 }
    isUnsettled[root] = isUnsettled[rootA] || isUnsettled[rootB]
  }

  private func fits(_ a: Int, _ b: Int) -> Bool {
    grouping.limits.indices.allSatisfy { column in
      let (inA, inB) = (counts[a][column], counts[b][column])
      return inA == 0 || inB == 0 || inA + inB <= grouping.limits[column].max
    }
  }

  /// The former keys of people that are one now, in ascending order.
  func groups(unsettled: Bool) -> [[Hash128]] {
    var (sets, groups) = (self.sets, [Int: [Hash128]]())
    for index in keys.indices {
      let root = sets.root(index)
      if isUnsettled[root] == unsettled { groups[root, default: []].append(keys[index]) }
    }
    return groups.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }
}

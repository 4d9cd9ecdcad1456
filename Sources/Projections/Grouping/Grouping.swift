import Events
import Hashing
import Identity
import ReadModels

/// Regroups identifiers into people after a batch, and rebuilds the people that changed.
///
/// Only what the batch touched is visited. Where a new link joins two people whom no rule keeps apart, they become one;
/// everywhere else the people of the component are found anew. Both give what grouping all identifiers at once would:
/// docs/decisions/0006-identity.md has the argument. No event is folded again.
struct Grouping {
  let settings: FoldSettings
  let grouping: GroupingRules
  var rules: IdentifierRules { settings.identifiers }

  init(_ settings: FoldSettings) {
    self.settings = settings
    grouping = GroupingRules(settings.identifiers.types)
  }

  /// `touched`: identifiers whose state or whose entities changed. The states of the batch are stored already.
  func regroup(_ touched: Set<Hash128>, _ set: WorkingSet, _ writer: inout GenerationWriter) throws {
    var people = TouchedPeople(grouping)
    for key in touched { try people.add(key, in: writer) }
    try settleStandings(set, &people, &writer)
    try noteDecisions(set.decisions, &people)
    try joinLinks(set.links, &people, writer)
    let rows = PersonRows(settings: settings, grouping: grouping, set: set, touched: touched)
    var done: Set<Hash128> = []
    // In the order of the smallest key, so that rows are written roughly in order.
    for group in people.groups(unsettled: true) where !group.contains(where: done.contains) {
      var component = Component(grouping)
      try component.grow(from: group, in: writer)
      try rows.write(component, &writer)
      done.formUnion(component.labels)
    }
    for group in people.groups(unsettled: false) where !group.contains(where: done.contains) {
      try rows.write(person: group, &writer)
    }
  }

  private func noteDecisions(
    _ decisions: StateTable<LinkKey, DecisionState>, _ people: inout TouchedPeople
  ) throws {
    for slot in decisions.keys.indices {
      let bearing = decisions.states.withState(slot) { $0.bearing }
      guard bearing != decisions.origin(slot)?.bearing ?? .none else { continue }
      people.unsettle(decisions.keys[slot].anchor)
    }
  }

  /// New links first, and then those that count earlier than they did.
  private func joinLinks(
    _ links: StateTable<LinkKey, LinkState>, _ people: inout TouchedPeople, _ writer: borrowing GenerationWriter
  ) throws {
    for slot in links.newSlots where try mayLink(links.keys[slot], writer) {
      try people.join(links.keys[slot], in: writer)
    }
    for slot in links.keys.indices {
      guard let origin = links.origin(slot), origin.bearing != links.states.withState(slot, { $0.bearing }) else {
        continue
      }
      let link = links.keys[slot]
      guard !people.areOne(link), try mayLink(link, writer) else { continue }
      people.unsettle(link.anchor)
      people.unsettle(link.other)
    }
  }

  private func mayLink(_ link: LinkKey, _ writer: borrowing GenerationWriter) throws -> Bool {
    guard try writer.standing(of: link.anchor) == .linking, try writer.standing(of: link.other) == .linking else {
      return false
    }
    return grouping.mayLink(
      try writer.rank(of: link.anchor, grouping), try writer.rank(of: link.other, grouping))
  }
}

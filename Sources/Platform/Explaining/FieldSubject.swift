package import Events
import Identity
import JSON
import Projections
package import ReadModels

/// Whose field is explained: a person, and what belonged to them.
package struct FieldSubject {
  let person: Person
  let members: Set<Identifier>
  /// Orders, tickets, messages and credit notes, and whether they count.
  private let entities: [EntityKey: Bool]
  /// Strongest first.
  private let types: [String]

  /// `rules` are those that people are grouped by.
  package init(_ person: Person, entities: [EntityKey: Bool], _ rules: IdentifierRules) {
    self.person = person
    self.entities = entities
    members = Set(person.contacts.map(\.identifier))
    types = rules.types.map(\.name)
  }

  /// The identifiers of the person that an event carries.
  func carried(by event: FoldedEvent) -> [Identifier] {
    guard let ids = event.ids else { return [] }
    return person.contacts.map(\.identifier).filter { contact in
      ids.members.contains { $0.string == contact.type && $1.string == contact.value }
    }
  }

  /// Whether an event is anchored on an identifier of the person: its strongest one.
  func anchors(_ event: FoldedEvent) -> Bool {
    guard let ids = event.ids else { return false }
    for type in types {
      for (name, value) in ids.members where name.string == type {
        return members.contains(Identifier(type: type, value: value.string ?? ""))
      }
    }
    return false
  }

  /// Whether an event speaks of something that belonged to the person, and that counts if only that is asked for.
  func owns(_ event: FoldedEvent, counting: Bool = false) -> Bool {
    guard let (kind, field) = event.type.entity else { return false }
    var keys: [EntityKey] = []
    if let id = event.data?[field] { keys.append(EntityKey(kind, id: id.bytes)) }
    if kind == .credit, let id = event.data?["order_id"] { keys.append(EntityKey(.order, id: id.bytes)) }
    return keys.contains { counting ? entities[$0] ?? false : entities[$0] != nil }
  }
}

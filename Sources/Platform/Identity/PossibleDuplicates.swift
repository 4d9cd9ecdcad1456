import Events
import Expressions
import Identity
import Matching
package import Projections
import ReadModels

/// Two people who may be one, though no identifier says so.
package struct PossibleDuplicate {
  package let first: FoundPerson
  package let second: FoundPerson
  /// From 0 to 1.
  package let score: Double
  /// In words, the strongest first.
  package let reasons: [String]
}

/// Finds people who may be one by name, birthday, address and the like, for an operator to link. Nothing is linked.
package struct PossibleDuplicates {
  /// Nobody compares what scores less by hand, and there may be a great many.
  package static let scoreMin = 0.01

  private var finder = CandidateFinder()
  private var people: [IdentifierKey] = []

  /// Takes in all people. O(people); about 250 bytes each.
  package init(in snapshot: borrowing Snapshot) throws {
    var (finder, people) = (CandidateFinder(), [IdentifierKey]())
    try snapshot.forEachPerson { key, person in
      finder.add(MatchRecord(person))
      people.append(key)
      return true
    }
    (self.finder, self.people) = (finder, people)
  }

  /// Calls `body` for each pair with at least a score, best first, until it returns false. Pairs that an operator keeps
  /// apart are left out.
  package func forEach(
    minimumScore: Double, in snapshot: borrowing Snapshot, _ body: (PossibleDuplicate) throws -> Bool
  ) throws {
    for candidate in finder.candidates(minimumScore: max(minimumScore, Self.scoreMin)) {
      let keys = (people[candidate.first], people[candidate.second])
      guard let first = try snapshot.person(at: keys.0), let second = try snapshot.person(at: keys.1),
        try ConflictReason.unlinked(
          first.contacts.map(\.identifier), second.contacts.map(\.identifier), in: snapshot) == nil
      else { continue }
      let duplicate = PossibleDuplicate(
        first: FoundPerson(key: keys.0, person: first), second: FoundPerson(key: keys.1, person: second),
        score: candidate.score, reasons: candidate.reasons.map(\.description))
      guard try body(duplicate) else { return }
    }
  }
}

extension MatchRecord {
  /// What of a person can be compared.
  init(_ person: Person) {
    let traits = person.traits
    func text(_ trait: String) -> String? {
      guard let json = traits[trait], case .text(let text) = Value(json: json), !text.isEmpty else { return nil }
      return text
    }
    func values(_ type: String) -> [String] {
      person.contacts.lazy.filter { $0.identifier.type == type }.map(\.identifier.value)
    }
    self.init(
      name: person.displayName, birthday: text("birthday"),
      address: ["line1", "ward", "district", "city"].compactMap { text("address.\($0)") },
      emails: values("email"), phones: values("phone"))
  }
}

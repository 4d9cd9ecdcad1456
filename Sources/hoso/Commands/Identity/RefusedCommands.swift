import ArgumentParser
import Events
import Expressions
import Identity
import Platform
import Projections

extension IdentityCommand {
  /// Links that were not taken.
  struct Conflicts: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "conflicts",
      abstract: "List the links that would have broken a rule or a decision, those with the most orders first.")

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions

    func run() throws {
      let query = try ReadModelQuery(data)
      let fields = FieldSet<IdentityConflict>([
        Field("a", "IDENTIFIER", .text) { .text($0.anchor.description) },
        Field("b", "SEEN WITH", .text) { .text($0.other.description) },
        Field("people", "PEOPLE", .count) { _ in Value(2) },
        Field("orders", "ORDERS", .count) { Value($0.orders) },
        Field("events", "EVENTS", .count) { Value($0.events) },
        Field("reason", "NOT ONE PERSON, AS", .text) { Value($0.reason?.description) },
        Field("person_a", "PERSON", .text) { .text($0.anchorPerson.description) },
        Field("person_b", "AND", .text) { .text($0.otherPerson.description) },
        Field("first_seen", "FIRST SEEN", .time) { Value(microseconds: $0.firstSeen) },
        Field("last_seen", "LAST SEEN", .time) { Value(microseconds: $0.lastSeen) },
      ])
      let runner = ListingRunner(
        options: options, fields: fields, defaults: ["orders", "events", "a", "b", "reason"], currency: { _ in nil })
      let refused = RefusedEvidence(try query.rules())
      try query.generation.read { snapshot in
        try runner.run(query, nothing: "There are no conflicts.") { body in
          try refused.forEachConflict(in: snapshot, body)
        }
      }
    }
  }

  /// Identifiers that link nobody.
  struct Shared: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "shared", abstract: "List the identifiers that link nobody, those seen with the most people first.")

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions

    func run() throws {
      let query = try ReadModelQuery(data)
      let fields = FieldSet<SharedIdentifier>([
        Field("type", "TYPE", .text) { .text($0.identifier.type) },
        Field("value", "VALUE", .text) { .text($0.identifier.value) },
        Field("why", "WHY", .text) { .text($0.standing == .blocked ? "blocked" : "shared") },
        Field("people", "PEOPLE", .count) { Value($0.people) },
        Field("orders", "ORDERS", .count) { Value($0.orders) },
        Field("seen_with", "SEEN WITH", .text) { .text(Self.text($0.seen)) },
        Field("events", "OWN EVENTS", .count) { Value($0.events) },
        Field("first_seen", "FIRST SEEN", .time) { Value(microseconds: $0.firstSeen) },
        Field("last_seen", "LAST SEEN", .time) { Value(microseconds: $0.lastSeen) },
      ])
      let runner = ListingRunner(
        options: options, fields: fields, defaults: ["people", "orders", "type", "value", "why", "seen_with"],
        currency: { _ in nil })
      let refused = RefusedEvidence(try query.rules())
      try query.generation.read { snapshot in
        try runner.run(query, nothing: "Nothing is shared or blocked.") { body in
          try refused.forEachShared(in: snapshot, body)
        }
      }
    }

    static func text(_ counts: [String: Int]) -> String {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
  }
}

import ArgumentParser
import Events
import Expressions
import Identity
import Platform
import Projections
import ReadModels

extension IdentityCommand {
  struct Candidates: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "candidates", abstract: "List people who may be one though no identifier says so, for you to link.",
      discussion: """
        Compared are names without regard to diacritics and order, birthdays, addresses, e-mail addresses and phone \
        numbers that are alike. Nothing is linked: 'hoso identity link' does that.
        """)

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions
    @Option(
      name: .customLong("min-score"),
      help: "Leave out pairs that score less, from \(PossibleDuplicates.scoreMin) to 1.")
    var minimumScore = 0.2

    func validate() throws {
      guard (PossibleDuplicates.scoreMin...1).contains(minimumScore) else {
        throw ValidationError("--min-score is a number from \(PossibleDuplicates.scoreMin) to 1")
      }
    }

    func run() throws {
      let query = try ReadModelQuery(data)
      let runner = ListingRunner(
        options: options, fields: Self.fields, defaults: ["score", "a", "who_a", "b", "who_b", "reasons"],
        currency: { _ in nil })
      try query.generation.read { snapshot in
        let duplicates = try PossibleDuplicates(in: snapshot)
        try runner.run(query, nothing: "Nobody seems to be there twice.") { body in
          try duplicates.forEach(minimumScore: minimumScore, in: snapshot, body)
        }
      }
    }

    private static var fields: FieldSet<PossibleDuplicate> {
      FieldSet([
        Field("score", "SCORE", .count) { .number(ExactDecimal(score: $0.score)) },
        Field("person_a", "PERSON", .text) { .text($0.first.id.description) },
        Field("a", "A", .text) { Value($0.first.person.contacts.first?.identifier.description) },
        Field("who_a", "WHO", .text) { Value($0.first.person.displayName) },
        Field("person_b", "PERSON", .text) { .text($0.second.id.description) },
        Field("b", "B", .text) { Value($0.second.person.contacts.first?.identifier.description) },
        Field("who_b", "WHO", .text) { Value($0.second.person.displayName) },
        Field("reasons", "WHY", .list) { Value(texts: $0.reasons) },
      ])
    }
  }
}

extension ExactDecimal {
  /// A score with three decimals.
  fileprivate init(score: Double) {
    let thousandths = Int((score * 1000).rounded())
    let digits = String(thousandths % 1000)
    let text = "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    self = ExactDecimal(text) ?? .zero
  }
}

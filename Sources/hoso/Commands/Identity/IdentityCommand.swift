import ArgumentParser
import Events
import Expressions
import Identity
import Platform
import Projections
import ReadModels

struct IdentityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identity", abstract: "Who is who.",
    subcommands: [
      Explain.self, Conflicts.self, Shared.self, Candidates.self, Link.self, Unlink.self, Undo.self, Try.self,
      Export.self,
    ])

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Print every identifier with the person it belongs to.")

    @OptionGroup var data: DataOptions
    @Option(help: "table, json or csv.") var format: OutputFormat = .csv

    private struct Row {
      let identifier: Identifier
      let person: PersonID
    }

    func run() throws {
      let query = try ReadModelQuery(data)
      let fields: [Field<Row>] = [
        Field("type", "TYPE", .text) { .text($0.identifier.type) },
        Field("value", "VALUE", .text) { .text($0.identifier.value) },
        Field("person", "PERSON", .text) { .text($0.person.description) },
      ]
      var printer = RowPrinter(fields, format, zone: query.platform.configuration.timeZone) { _ in nil }
      try query.generation.read { snapshot in
        try snapshot.forEachIdentifier { _, person, state in
          try printer.add(Row(identifier: state.identifier, person: PersonID(person)))
          return true
        }
      }
      printer.finish(nothing: "There are no identifiers.")
    }
  }
}

extension ReadModelQuery {
  /// The rules that people are grouped by.
  func rules() throws -> IdentifierRules { try settings().identifiers }

  /// Those that the read models were made by, as far as they decide about people; upcasters are those of today.
  func settings() throws -> FoldSettings {
    try platform.settings(of: generation)
  }
}

import ArgumentParser
import Events
import Expressions
import Identity
import JSON
import Platform
import Projections

extension IdentityCommand {
  struct Try: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "try",
      abstract: "Say who would be one person, and who would not be any more, under other rules. Nothing changes.",
      discussion: """
        RULES.yaml is written like hoso.yaml; only its section 'identity' counts. To take the rules over, put that \
        section into hoso.yaml and run 'hoso project'.
        """)

    /// How many identifiers the table shows.
    private static let sampleCount = 20

    @OptionGroup var data: DataOptions
    @Argument(help: "A file with other rules.") var rules: String
    @Option(help: "table: counts and a sample; json: counts and all identifiers; csv: all identifiers.")
    var format: OutputFormat = .table

    func run() throws {
      let query = try ReadModelQuery(data)
      let rules = try Platform.configuration(file: rules).identifiers.inRegion(
        of: query.platform.configuration.identifiers)
      let trial = try query.generation.read { snapshot in try snapshot.trial(of: rules) }
      switch format {
      case .csv: try printChanges(trial.changes[...], query)
      case .json: writeJSON(trial)
      case .table:
        StandardOutput.shared.write(Self.summary(trial))
        if try !query.rules().foldsLike(rules) {
          StandardOutput.shared.write(
            "The types differ, or their order: events would be folded anew as well, by 'hoso rebuild'.\n")
        }
        guard !trial.changes.isEmpty else { return }
        StandardOutput.shared.write("\n")
        try printChanges(trial.changes.prefix(Self.sampleCount), query)
        let rest = trial.changes.count - Self.sampleCount
        if rest > 0 {
          StandardOutput.shared.write("and \(counted(rest, "identifier")) more; --format csv prints all\n")
        }
      }
    }

    private static func summary(_ trial: IdentityTrial) -> String {
      var text = "\(grouped(trial.peopleBefore)) people would be \(grouped(trial.peopleAfter)), "
      text += "of \(counted(trial.identifiers, "identifier")).\n"
      guard !trial.changes.isEmpty else { return text + "Nobody would change.\n" }
      text += "\(grouped(trial.merged)) of today's people would become one with others.\n"
      text += "\(grouped(trial.split)) would come apart.\n"
      return text
    }

    private func printChanges(_ changes: ArraySlice<IdentityTrial.Change>, _ query: ReadModelQuery) throws {
      let fields: [Field<IdentityTrial.Change>] = [
        Field("type", "TYPE", .text) { .text($0.identifier.type) },
        Field("value", "VALUE", .text) { .text($0.identifier.value) },
        Field("person", "PERSON", .text) { .text($0.person.description) },
        Field("becomes", "BECOMES", .text) { .text($0.becomes.description) },
        Field("change", "CHANGE", .text) { .text($0.fate.rawValue) },
      ]
      var printer = RowPrinter(fields, format, zone: query.platform.configuration.timeZone) { _ in nil }
      for change in changes { try printer.add(change) }
      printer.finish(nothing: "Nobody would change.")
    }

    private func writeJSON(_ trial: IdentityTrial) {
      var writer = JSONWriter()
      writer.beginObject()
      let counts = [
        ("identifiers", trial.identifiers), ("people_before", trial.peopleBefore), ("people_after", trial.peopleAfter),
        ("merged", trial.merged), ("split", trial.split),
      ]
      for (name, count) in counts {
        writer.key(name)
        writer.value(count)
      }
      writer.key("changes")
      writer.beginArray()
      for change in trial.changes {
        writer.beginObject()
        writer.member("type", change.identifier.type)
        writer.member("value", change.identifier.value)
        writer.member("person", change.person.description)
        writer.member("becomes", change.becomes.description)
        writer.member("change", change.fate.rawValue)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
      writer.newline()
      StandardOutput.shared.write(writer.bytes)
    }
  }
}

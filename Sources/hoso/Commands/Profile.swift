import ArgumentParser
import EventLog
import Identity
import JSON
import Platform
import Projections
import ReadModels

struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One person, or a list of people.", subcommands: [Show.self, List.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one person.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var data: DataOptions
    @Argument(help: "An identifier type:value, a value alone, or a person id.") var who: String
    @Flag(help: "All events that concern the person.") var timeline = false
    @Option(help: "table or json.") var format: Format = .table

    func run() throws {
      let query = try ReadModelQuery(data)
      try query.generation.read { snapshot in
        let found = try ProfileLookup(query.platform.configuration.identifiers).find(who, in: snapshot)
        let entries = timeline || format == .table ? try events(of: found, query, snapshot) : []
        switch format {
        case .json: ProfileJSON(query.platform.configuration).write(found, timeline: timeline ? entries : nil)
        case .table: ProfilePage(query.platform.configuration, .output).write(found, entries, isWhole: timeline)
        }
      }
    }

    /// All events, or the latest ones for a page.
    private func events(
      of found: FoundPerson, _ query: ReadModelQuery, _ snapshot: borrowing Snapshot
    ) throws -> [TimelineEntry] {
      let positions = try snapshot.timeline(of: try snapshot.subjects(of: found.key))
      let reader = TimelineReader(query.platform.log)
      return try reader.entries(timeline ? positions : positions.suffix(ProfilePage.latestCount * 4))
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List people.",
      discussion:
        "For example: hoso profile list --where \"orders.count >= 2 and traits.city = 'Hà Nội'\" --sort -orders.net")

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions

    func run() throws {
      let query = try ReadModelQuery(data)
      let configuration = query.platform.configuration
      let runner = ListingRunner<FoundPerson>(
        options: options, fields: .people(configuration),
        defaults: ["person", "who", "stage", "orders.count", "orders.net", "orders.last", "email", "phone"],
        currency: { PersonMoney($0.person.orders, configuration)?.currency })
      try query.generation.read { snapshot in
        try runner.run(query, nothing: "Nobody.") { body in
          try snapshot.forEachPerson { try body(FoundPerson(key: $0, person: $1)) }
        }
      }
    }
  }
}

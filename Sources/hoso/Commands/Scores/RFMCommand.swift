import ArgumentParser
import Events
import Platform
import Projections

struct RFMCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rfm",
    abstract: "Scores by recency, frequency and value, and the segments that follow from them.",
    discussion: """
      Everybody with an order that counts is scored from 1 to 5, the best, by how recently, how often and for how much \
      they bought; equal values have equal scores. Scores are of the day of the last order unless --as-of names another: \
      what happened later plays no part then.

      For example: hoso rfm --as-of 2026-03-31, or hoso rfm --migration 2025-12-31 2026-03-31
      """)

  @OptionGroup var data: DataOptions
  @Option(name: .customLong("as-of"), help: "A day such as 2026-03-31.") var asOf: DayArgument?
  @Option(parsing: .upToNextOption, help: "Two days: how people moved between segments from the first to the second.")
  var migration: [DayArgument] = []
  @Option(help: "table, json or csv.") var format: OutputFormat = .table

  func validate() throws {
    guard migration.isEmpty || migration.count == 2 else { throw ValidationError("--migration takes two days") }
    guard migration.isEmpty || asOf == nil else { throw ValidationError("give --as-of or --migration, not both") }
    if migration.count == 2, migration[1].date <= migration[0].date {
      throw ValidationError("the second day of --migration must come after the first")
    }
  }

  func run() throws {
    let query = try ReadModelQuery(data)
    let settings = query.platform.configuration.rfm
    try query.generation.read { snapshot in
      guard migration.isEmpty else {
        let from = try query.platform.buyers(asOf: migration[0].date, in: snapshot)
        let to = try query.platform.buyers(asOf: migration[1].date, in: snapshot)
        LeftOut(to.withoutRate).warn()
        return MigrationPage(RFMMigration(from: from, to: to, settings)).write(format)
      }
      let buyers = try query.platform.buyers(asOf: asOf?.date, in: snapshot)
      LeftOut(buyers.withoutRate).warn()
      RFMPage(RFMReport(buyers, settings), buyers.withoutRate).write(format)
    }
  }
}

/// A calendar day as a word of the command line.
struct DayArgument: ExpressibleByArgument {
  let date: CivilDate

  init?(argument: String) {
    guard let date = CivilDate(iso: argument) else { return nil }
    self.date = date
  }
}

/// People who are not scored because an amount of theirs has no rate.
struct LeftOut {
  private let people: [Currency: Int]

  init(_ people: [Currency: Int]) { self.people = people }

  func warn() {
    for (currency, count) in people.sorted(by: { $0.key < $1.key }) {
      StandardError.write(
        "Note: \(count == 1 ? "1 person is" : "\(grouped(count)) people are") left out, with orders in \(currency), for which hoso.yaml has no rate.\n"
      )
    }
  }
}

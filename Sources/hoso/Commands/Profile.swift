import ArgumentParser
import EventLog
import Events
import Expressions
import Identity
import JSON
import Platform
import Projections
import ReadModels
import TimeZones

struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "One person, or a list of people.", subcommands: [Show.self, List.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one person, as they are or as they were.",
      discussion: """
        With --as-of or --at-position the whole profile, identity included, is what the events up to then make. \
        --explain names a field of the profile's JSON, such as orders.net, traits.name or consent.email.
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var data: DataOptions
    @Argument(help: "An identifier type:value, a value alone, or a person id.") var who: String
    @Option(
      name: .customLong("as-of"),
      help: "A time (RFC 3339), or a date: the end of that day. Events by when they happened.")
    var asOf: String?
    @Option(name: .customLong("at-position"), help: "A position of the log. Events by when they arrived.")
    var atPosition: UInt64?
    @Flag(help: "All events that concern the person.") var timeline = false
    @Option(help: "Show the events that made a field, and how.") var explain: String?
    @Option(help: "table or json.") var format: Format = .table

    func validate() throws {
      if asOf != nil, atPosition != nil { throw ValidationError("give --as-of or --at-position, not both") }
      if explain != nil, timeline { throw ValidationError("give --explain or --timeline, not both") }
    }

    func run() throws {
      let query = try ReadModelQuery(data)
      let configuration = query.platform.configuration
      let moment = try self.moment(configuration.timeZone)
      try query.generation.read { snapshot in
        let profile = try ProfileOfMoment(who, moment, query, snapshot)
        if let explain { return try explainField(explain, profile, moment, query, snapshot) }
        let positions = timeline ? profile.positions : profile.positions.suffix(ProfilePage.latestCount * 4)
        let entries = timeline || format == .table ? try TimelineReader(query.platform.log).entries(positions) : []
        let scores = try ProfileScores(profile.found, moment, query, snapshot)
        switch format {
        case .json: ProfileJSON(configuration).write(profile.found, moment, scores, timeline: timeline ? entries : nil)
        case .table:
          ProfilePage(configuration, .output).write(profile.found, moment, scores, entries, isWhole: timeline)
        }
      }
    }

    private func moment(_ zone: TimeZone) throws -> Moment? {
      if let atPosition { return .position(atPosition) }
      guard let asOf else { return nil }
      if let date = CivilDate(iso: asOf) { return .time(zone.endOfDay(date).microseconds) }
      do {
        return .time(try Instant(rfc3339: asOf).microseconds)
      } catch {
        throw UsageError("--as-of \(asOf) is neither a date such as 2026-03-31 nor a time: \(error)")
      }
    }

    private func explainField(
      _ field: String, _ profile: ProfileOfMoment, _ moment: Moment?, _ query: ReadModelQuery,
      _ snapshot: borrowing Snapshot
    ) throws {
      let subject = FieldSubject(profile.found.person, entities: profile.entities, try query.rules())
      let explanation: FieldExplanation
      do {
        explanation = try FieldEvidence(query.platform.log, try query.settings().upcasters, until: moment)
          .explain(field, of: subject, profile.positions) {
            try snapshot.carriers(of: profile.found.person.contacts.map { IdentifierKey($0.identifier) })
          }
      } catch let error as UnknownFieldError {
        throw UsageError(error.description)
      }
      let page = FieldPage(explanation, query.platform.configuration.timeZone)
      if format == .json { page.writeJSON() } else { try page.writeTable() }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List people.",
      discussion:
        "For example: hoso profile list --where \"orders.count >= 2 and traits.city = 'Hà Nội'\" --sort -orders.net")

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions

    func run() throws {
      let query = try ReadModelQuery(data)
      let configuration = query.platform.configuration
      try query.generation.read { snapshot in
        let scores = try scores(query, snapshot)
        let runner = ListingRunner<FoundPerson>(
          options: options, fields: .people(configuration),
          defaults: ["person", "who", "stage", "orders.count", "orders.net", "orders.last", "email", "phone"],
          currency: { PersonMoney($0.person.orders, configuration.exchange)?.currency })
        try runner.run(query, nothing: "Nobody.", parts: Snapshot.halves.count) { figuresOnly, part, body in
          let scores = scores?.copy()
          try snapshot.forEachPerson(in: Snapshot.halves[part], figuresOnly: figuresOnly) {
            try body(FoundPerson(key: $0, person: $1, scores: scores))
          }
        } completing: { row in
          FoundPerson(key: row.key, person: try snapshot.person(at: row.key) ?? row.person, scores: scores)
        }
      }
    }

    /// Scores, if the listing asks for any. Where there can be none, their fields are empty, and it says why.
    private func scores(_ query: ReadModelQuery, _ snapshot: borrowing Snapshot) throws -> PersonScores? {
      let fields =
        options.fieldNames
        ?? (options.format == .table ? [] : FieldSet.people(query.platform.configuration).all.map(\.name))
      let sort = options.sort.map { $0.hasPrefix("-") ? String($0.dropFirst()) : $0 }
      let names = try options.where.map { try Expression($0).names() } ?? []
      let used = names.map { ([$0.name] + $0.rest).joined(separator: ".") }
      guard FieldSet.asksForScores(fields + [sort].compactMap { $0 } + used) else { return nil }
      do {
        return try query.platform.personScores(of: query.generation, in: snapshot)
      } catch ScoringError.nobody {
        return nil
      } catch let error as ScoringError where options.fieldNames == nil && used.isEmpty && sort == nil {
        StandardError.write("Note: no scores: \(error)\n")
        return nil
      } catch ProjectionError.withoutPurchases where options.fieldNames == nil && used.isEmpty && sort == nil {
        return nil
      }
    }
  }
}

/// A person as they are, or as they were at a moment, with the events that concern them.
struct ProfileOfMoment {
  let found: FoundPerson
  /// What belongs to them, and whether it counts.
  let entities: [EntityKey: Bool]
  /// Ascending.
  let positions: [Position]

  init(_ who: String, _ moment: Moment?, _ query: ReadModelQuery, _ snapshot: borrowing Snapshot) throws {
    let lookup = ProfileLookup(query.platform.configuration.identifiers)
    guard let moment else {
      found = try lookup.find(who, in: snapshot)
      entities = try snapshot.owned(by: found.key)
      positions = try snapshot.timeline(of: try snapshot.subjects(of: found.key))
      return
    }
    if case .position(let position) = moment, position > snapshot.checkpoint.position {
      throw UsageError("--at-position \(position) is behind the last event, at \(snapshot.checkpoint.position)")
    }
    let identifier = try lookup.identifier(who, in: snapshot)
    let past = try PastProfile(
      of: IdentifierKey(identifier), at: moment, query.platform.log, try query.settings(), in: snapshot)
    guard let past else { throw NotYetError(identifier: identifier) }
    found = FoundPerson(key: past.key, person: past.person)
    entities = past.entities
    positions = past.positions
  }
}

/// Somebody who was not known yet at the moment that is asked for.
struct NotYetError: Error, CustomStringConvertible {
  let identifier: Identifier

  var description: String { "\(identifier) was nobody's then: it was seen later, or several people shared it" }
}

import ArgumentParser
import EventLog
import Events
import Platform
import Projections

enum QueryError: Error, CustomStringConvertible {
  case noReadModels
  case unknownEntity(String, String)

  var description: String {
    switch self {
    case .noReadModels: "there are no read models yet; 'hoso project' makes them from the log"
    case .unknownEntity(let kind, let id): "there is no \(kind) '\(id)'"
    }
  }
}

/// Opens the live read models for questions, and warns when they are behind the log.
struct ReadModelQuery {
  let platform: Platform
  let generation: Generation

  init(_ data: DataOptions) throws { try self.init(try data.open(.reading)) }

  init(_ platform: Platform) throws {
    self.platform = platform
    guard let generation = try platform.openReadModels() else { throw QueryError.noReadModels }
    self.generation = generation
    try warn()
  }

  /// Says on standard error what the answers will not be up to.
  private func warn() throws {
    let checkpoint = try generation.checkpoint()
    guard checkpoint.isCurrent else {
      return StandardError.write("Note: \(StaleReadModels(generation: generation.number, checkpoint: checkpoint))\n")
    }
    switch try platform.rulesChange(generation) {
    case .none: break
    case .grouping:
      StandardError.write(
        "Note: the identity rules or the attribution window have changed since; 'hoso project' applies them.\n")
    case .types:
      StandardError.write(
        "Note: the identifier types of the configuration are not those of the read models; 'hoso rebuild' takes them.\n"
      )
    }
    let (last, position) = (try platform.log.info().last, checkpoint.position)
    if position < last {
      StandardError.write(
        "Note: the read models are \(grouped(last - position)) events behind the log; 'hoso project' folds them.\n")
    }
  }
}

/// Runs a listing over one kind of row and prints it.
struct ListingRunner<Row> {
  let options: ListingOptions
  let fields: FieldSet<Row>
  let defaults: [String]
  let currency: (Row) -> Currency?

  /// Lists all rows that `source` calls its argument for, until it returns false.
  func run(_ query: ReadModelQuery, nothing: String, _ source: ((Row) throws -> Bool) throws -> Void) throws {
    try withoutActuallyEscaping(source) { source in
      try run(query, nothing: nothing, parts: 1, { _, _, body in try source(body) }, completing: { $0 })
    }
  }

  /// The same for rows in several parts, of which the figures can be read alone: `source` is told whether they are enough,
  /// and which part is wanted; see `Listing.run`.
  func run(
    _ query: ReadModelQuery, nothing: String, parts: Int,
    _ source: (_ figuresOnly: Bool, _ part: Int, (Row) throws -> Bool) throws -> Void,
    completing complete: (Row) throws -> Row
  ) throws {
    if options.fields == "help" {
      for field in fields.all { StandardOutput.shared.write(field.name + "\n") }
      return
    }
    let zone = query.platform.configuration.timeZone
    let listing = try Listing(
      fields, filter: options.where, sort: options.sort, limit: options.limit?.value, zone: zone)
    let chosen = try fields.fields(
      named: options.fieldNames
        ?? (options.format == .table
          ? defaults.filter { name in fields.all.contains { $0.name == name } } : fields.all.map(\.name)))
    try withoutActuallyEscaping(source) { source in
      if options.count {
        let figuresOnly = listing.readsFiguresOnly
        let count = try listing.count(parts: parts) { try source(figuresOnly, $0, $1) }
        return StandardOutput.shared.write("\(count)\n")
      }
      // Where all rows are shown, each is read once and whole.
      let figuresOnly = listing.readsFiguresOnly && listing.isSelective
      var printer = RowPrinter(chosen, options.format, zone: zone, currency: currency)
      try withoutActuallyEscaping(complete) { complete in
        try listing.run(parts: parts) {
          try source(figuresOnly, $0, $1)
        } completing: {
          figuresOnly ? try complete($0) : $0
        } emit: {
          try printer.add($0)
        }
      }
      printer.finish(nothing: nothing)
    }
  }
}

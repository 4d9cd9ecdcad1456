import ArgumentParser
import Events
import Glibc
import Identity
import Platform
import Projections
import ReadModels

extension IdentityCommand {
  struct Link: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "link", abstract: "Decide that two identifiers belong to one person, whatever the rules say.")

    @OptionGroup var decision: DecisionOptions

    func run() throws { try decision.append(.link) }
  }

  struct Unlink: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unlink", abstract: "Decide that two identifiers belong to different people, whatever the rules say."
    )

    @OptionGroup var decision: DecisionOptions

    func run() throws { try decision.append(.unlink) }
  }

  struct Undo: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo", abstract: "Take back what was decided about two identifiers: the rules decide again.")

    @OptionGroup var decision: DecisionOptions

    func run() throws { try decision.append(.withdraw) }
  }
}

/// The words of a decision about two identifiers.
struct DecisionOptions: ParsableArguments {
  @OptionGroup var data: DataOptions
  @Argument(help: "An identifier type:value, or a value alone.") var a: String
  @Argument(help: "The other identifier.") var b: String
  @Option(help: "Who decides (default: the name of the user).") var by: String?
  @Option(help: "Why, for whoever asks later.") var reason: String?

  /// Appends the decision to the log, brings the read models up to date, and says what became of the two.
  func append(_ decision: IdentityDecision) throws {
    let platform = try data.open(.writing)
    try Project.catchUp(platform)
    let query = try ReadModelQuery(platform)
    let lookup = ProfileLookup(try query.rules())
    let names = (a, b)
    let (a, b) = try query.generation.read { snapshot -> (Identifier, Identifier) in
      (try lookup.identifier(names.0, in: snapshot), try lookup.identifier(names.1, in: snapshot))
    }
    guard a != b else { throw DecisionError.sameIdentifier(a) }
    if decision == .withdraw, try !isDecided(a, b, query) { throw DecisionError.nothingDecided(a, b) }
    query.generation.close()
    try platform.decide(decision, a, b, by: by ?? Self.userName, reason: reason)
    try Project.catchUp(platform)
    try report(a, b, try ReadModelQuery(platform))
  }

  private func isDecided(_ a: Identifier, _ b: Identifier, _ query: ReadModelQuery) throws -> Bool {
    try query.generation.read { snapshot in
      try snapshot.decisions(about: IdentifierKey(a)).contains { $0.other == IdentifierKey(b) && $0.state.isInForce }
    }
  }

  private func report(_ a: Identifier, _ b: Identifier, _ query: ReadModelQuery) throws {
    let explanation = try query.generation.read { snapshot in
      try IdentityExplainer(try query.rules()).explain(a, b, in: snapshot)
    }
    let text =
      explanation.isOnePerson
      ? "\(a) and \(b) are one person, \(explanation.personA)"
      : "\(a) is \(explanation.personA), \(b) is \(explanation.personB)"
    StandardOutput.shared.write(text + "\n")
  }

  private static var userName: String {
    if let name = getenv("USER").map({ String(cString: $0) }), !name.isEmpty { return name }
    return getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
  }
}

enum DecisionError: Error, CustomStringConvertible {
  case sameIdentifier(Identifier)
  case nothingDecided(Identifier, Identifier)

  var description: String {
    switch self {
    case .sameIdentifier(let identifier): "both names mean \(identifier); name two identifiers"
    case .nothingDecided(let a, let b):
      "nothing stands decided about \(a) and \(b); 'hoso identity explain' says why they are one person or not"
    }
  }
}

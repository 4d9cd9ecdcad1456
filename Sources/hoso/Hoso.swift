import ArgumentParser
import Expressions
import Platform

/// The program: parses the words, runs the command, and maps what happens to an exit code.
///
/// 0 done; 1 failed; 2 the words are wrong; 3 done, but input was quarantined or a check found damage.
///
/// Every command states its name in its configuration: for one that does not, the parser makes it of the type's, which at each
/// start takes longer than all else.
@main
struct Hoso: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hoso",
    abstract: "One profile for each customer, from the event streams of every channel.",
    discussion: """
      Events are taken into an append-only log and folded into people, orders, tickets and messages.
      Everything of a shop lies in one directory: --data DIR, else $HOSO_DATA, else ./hoso-data.

      Begin with:  hoso simulate --scenario coffee | hoso ingest -  and  hoso profile list
      """,
    version: ProgramVersion.text,
    groupedSubcommands: [
      CommandGroup(
        name: "Events",
        subcommands: [
          Init.self, IngestCommand.self, ChannelCommand.self, Rejects.self, SchemaCommand.self, Log.self,
        ]),
      CommandGroup(
        name: "People", subcommands: [Profile.self, IdentityCommand.self, Order.self, Ticket.self, Message.self]),
      CommandGroup(name: "Sales", subcommands: [Products.self, Campaigns.self]),
      CommandGroup(name: "Scores", subcommands: [RFMCommand.self, CLVCommand.self, CohortsCommand.self]),
      CommandGroup(
        name: "Read models",
        subcommands: [StatusCommand.self, Project.self, RebuildCommand.self, ProjectionCommand.self]),
      CommandGroup(name: "Trying out", subcommands: [Simulate.self]),
    ])

  static func main() {
    CrashMessage.install()
    StandardOutput.letWritesFail()
    do {
      let words = DataOptions.taken(from: CommandLine.arguments.dropFirst())
      try checkCommand(words.first)
      var command = try parseAsRoot(words)
      try command.runSupervised()
      try StandardOutput.shared.flush()
    } catch {
      exit(with: error)
    }
  }

  /// Says more about a command that there is not than the parser would.
  private static func checkCommand(_ word: String?) throws {
    guard let word, !word.hasPrefix("-"), word != "help" else { return }
    let names = configuration.groupedSubcommands.flatMap(\.subcommands).map {
      $0.configuration.commandName ?? "\($0)".lowercased()
    }
    guard !names.contains(word) else { return }
    let suggestion = nearestName(to: word, in: names).map { "; did you mean '\($0)'?" } ?? ""
    throw UsageError("there is no command '\(word)'\(suggestion); 'hoso --help' lists them")
  }

  /// Prints what went wrong to standard error (help and version to standard output) and ends the process.
  private static func exit(with error: any Error) -> Never {
    flush()
    switch error {
    case is StandardOutput.Closed: ProcessExit.now(0)
    case let status as ExitStatus: ProcessExit.now(status.code)
    case is ListingError, is ExpressionError, is EvaluationError, is UsageError: fail(error, code: 2)
    default: break
    }
    let code = exitCode(for: error)
    if code == .success {
      StandardOutput.shared.write(fullMessage(for: error) + "\n")
      flush()
      ProcessExit.now(0)
    }
    if code == .validationFailure {
      StandardError.write(fullMessage(for: error) + "\n")
      ProcessExit.now(2)
    }
    fail(error, code: 1)
  }

  /// Writes out what is buffered. A reader that went away is no failure; output that cannot be written is.
  private static func flush() {
    do {
      try StandardOutput.shared.flush()
    } catch is StandardOutput.Closed {
      ProcessExit.now(0)
    } catch {
      fail(error, code: 1)
    }
  }

  private static func fail(_ error: any Error, code: Int32) -> Never {
    StandardError.write("hoso: \(error)\n")
    ProcessExit.now(code)
  }
}

/// Words that make no sense, found only when the command runs.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Ends a command with a code after it has said everything.
struct ExitStatus: Error {
  let code: Int32

  static let failed = ExitStatus(code: 1)
  static let doneWithProblems = ExitStatus(code: 3)
}

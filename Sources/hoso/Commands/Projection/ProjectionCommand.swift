import ArgumentParser
import Platform
import Projections

struct ProjectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "projection", abstract: "The generations of the read models.",
    subcommands: [List.self, Digest.self, Promote.self, Rollback.self, Drop.self, Parked.self, Retry.self])

  /// The names of all projections, for messages and help.
  static let names = ProjectionName.allCases.map(\.rawValue).joined(separator: ", ")

  /// The projection that a word names.
  static func name(_ word: String) throws -> ProjectionName {
    guard let name = ProjectionName(rawValue: word) else {
      throw ValidationError("there is no projection '\(word)'; there are \(names)")
    }
    return name
  }
}

import ArgumentParser
import Platform

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the log, the read models and how far they are, and the quarantine.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @OptionGroup var data: DataOptions
  @Option(help: "table or json.") var format: Format = .table

  func run() throws {
    let platform = try data.open(.reading)
    let status = try platform.status()
    switch format {
    case .table: StandardOutput.shared.write(StatusPage(status, directory: platform.directory.path).text)
    case .json: StandardOutput.shared.write(StatusJSON.bytes(status))
    }
  }
}

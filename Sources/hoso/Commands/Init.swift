import ArgumentParser
import Events
import Platform
import TimeZones

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Create the data directory and a commented hoso.yaml.")

  @OptionGroup var data: DataOptions

  @Option(name: .customLong("time-zone"), help: "The shop's time zone, a name of the IANA database.")
  var timeZone = Configuration.defaultZone

  @Option(help: "The base currency (ISO 4217); left out, the only currency that the log holds.")
  var currency: String?

  @Option(help: "The region (ISO 3166) of phone numbers without a country code.")
  var region = "VN"

  func run() throws {
    let directory = data.directory
    let file = try directory.initialise(timeZone: timeZone, currency: currency, region: region)
    StandardError.write("Created \(file)\n")
  }
}

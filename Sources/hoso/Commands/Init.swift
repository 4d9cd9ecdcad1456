import ArgumentParser
import Events
import Platform
import TimeZones

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Create the data directory with an empty log and a commented hoso.yaml.")

  @OptionGroup var data: DataOptions

  @Option(name: .customLong("time-zone"), help: "The shop's time zone, a name of the IANA database.")
  var timeZone = Configuration.defaultZone

  @Option(help: "The base currency (ISO 4217); left out, the only currency that the log holds.")
  var currency: String?

  @Option(help: "The region (ISO 3166) of phone numbers without a country code.")
  var region = "VN"

  func validate() throws {
    do {
      _ = try TimeZone(identifier: timeZone)
    } catch {
      throw ValidationError("--time-zone \(timeZone): \(error)")
    }
    if let currency, Currency(currency) == nil {
      throw ValidationError("--currency \(currency): this is no currency code of ISO 4217, such as VND or USD")
    }
    if PhoneRegion(region) == nil {
      throw ValidationError("--region \(region): this is no known region; write an ISO 3166 code such as VN")
    }
  }

  func run() throws {
    let file = try data.directory.initialise(timeZone: timeZone, currency: currency, region: region)
    try data.open(.creating).project()
    StandardError.write("Created \(file)\n")
  }
}

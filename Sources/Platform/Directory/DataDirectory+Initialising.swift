import Events
import TimeZones

extension DataDirectory {
  /// Creates the directory and a commented configuration. Throws, and changes nothing, when a value cannot be used or a
  /// configuration is there already. Returns the file's path.
  package func initialise(timeZone: String, currency: String?, region: String) throws -> String {
    _ = try TimeZone(identifier: timeZone)
    if let currency, Currency(currency) == nil {
      throw DirectoryError("'\(currency)' is not a currency code of ISO 4217, such as VND or USD")
    }
    guard PhoneRegion(region) != nil else {
      throw DirectoryError("'\(region)' is not a known region; write an ISO 3166 code such as VN")
    }
    let text = ConfigurationTemplate.text(timeZone: timeZone, currency: currency, region: region)
    try create()
    try TextFile.write(text, to: configurationFile)
    return configurationFile
  }
}

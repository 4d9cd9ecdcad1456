import Events
import TimeZones

extension DataDirectory {
  /// Creates the directory and a commented configuration; a configuration that is there is left as it is (an error).
  /// Returns the file's path.
  package func initialise(timeZone: String, currency: String?, region: String) throws -> String {
    let text = ConfigurationTemplate.text(timeZone: timeZone, currency: currency, region: region)
    // What is written must be readable: the same checks, before anything is created.
    _ = try ConfigurationReader(file: configurationFile).read(text)
    try create()
    try TextFile.write(text, to: configurationFile)
    return configurationFile
  }
}

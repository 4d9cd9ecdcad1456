import Expressions
package import Mappings

/// The channels that a shop can take events from: its own mapping files, in `channels/` of the data directory, and the
/// built-in ones. A file of the shop's own stands for the built-in channel of the same name.
package struct ShopChannels: Sendable {
  /// Where a channel comes from.
  package struct Listing: Sendable {
    package let name: String
    package let isBuiltIn: Bool
  }

  private let directory: DataDirectory
  private let settings: ShopSettings

  /// - Parameter configuration: gives the zone and the currency that mappings may ask for.
  package init(_ directory: DataDirectory, _ configuration: Configuration) {
    self.directory = directory
    settings = ShopSettings(zone: configuration.timeZone, currency: configuration.baseCurrency)
  }

  /// All channels by name. Throws where the directory cannot be read.
  package func list() throws(DirectoryError) -> [Listing] {
    let own = try DirectoryListing.names(in: directory.channels).compactMap { name in
      name.hasSuffix(Self.suffix) ? String(name.dropLast(Self.suffix.count)) : nil
    }
    let builtIn = BuiltInChannels.names.filter { !own.contains($0) }
    return (own.map { Listing(name: $0, isBuiltIn: false) } + builtIn.map { Listing(name: $0, isBuiltIn: true) })
      .sorted { $0.name < $1.name }
  }

  /// The text of a channel's file, with what messages call it; nil where there is no such channel.
  package func source(of name: String) throws(DirectoryError) -> (yaml: String, file: String)? {
    if !name.isEmpty, !name.contains("/") {
      let path = directory.channels + "/" + name + Self.suffix
      // A shell makes an empty file before 'channel show' can print what is to go into it.
      if let yaml = try TextFile.read(path), !yaml.allSatisfy(\.isWhitespace) { return (yaml, path) }
    }
    return BuiltInChannels.yaml(of: name).map { ($0, name + Self.suffix) }
  }

  /// The mapping of a channel; nil where there is no such channel. Throws with all mistakes of its file, and where the file
  /// is not called as its channel: what lies in the quarantine is offered again by the channel's name.
  package func mapping(named name: String) throws -> Mapping? {
    guard let source = try source(of: name) else { return nil }
    let mapping = try Mapping(yaml: source.yaml, file: source.file, shop: settings)
    guard mapping.name == name else {
      throw DirectoryError(
        "\(source.file): its channel is called '\(mapping.name)'; rename the file, or write `channel: \(name)` into it")
    }
    return mapping
  }

  /// The mapping in a file. Throws where there is none, and with all of its mistakes.
  package func mapping(file: String) throws -> Mapping {
    guard let yaml = try TextFile.read(file) else { throw DirectoryError("\(file): there is no such file") }
    return try Mapping(yaml: yaml, file: file, shop: settings)
  }

  /// The examples of a channel, or those beside a mapping file, with what messages call them; nil where there are none.
  package func examples(of name: String, file: String?) throws(DirectoryError) -> (text: String, file: String)? {
    let path = (file.map(Self.withoutEnding) ?? directory.channels + "/" + name) + Self.examplesSuffix
    if let text = try TextFile.read(path) { return (text, path) }
    return file == nil ? BuiltInChannels.examples(of: name).map { ($0, name + Self.examplesSuffix) } : nil
  }

  /// A sentence about a channel that there is not.
  package func unknown(_ name: String) throws(DirectoryError) -> String {
    let names = try list().map(\.name)
    let suggestion = nearestName(to: name, in: names).map { "; did you mean '\($0)'?" }
    return "there is no channel '\(name)'" + (suggestion ?? "; 'hoso channel list' names them")
  }

  /// `own/till.yml` without what follows the last point of its name.
  private static func withoutEnding(_ path: String) -> String {
    guard let point = path.lastIndex(of: "."), !path[point...].contains("/") else { return path }
    return String(path[..<point])
  }

  private static let suffix = ".yaml"
  private static let examplesSuffix = ".examples.ndjson"
}

import ArgumentParser
import Mappings
import Platform

struct ChannelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "channel",
    abstract: "The channels that events are taken from, and what their mappings make of a body.",
    subcommands: [List.self, Show.self, Test.self, Check.self])

  /// The channels of a data directory, or the built-in ones where there is none.
  static func channels(_ data: DataOptions) throws -> ShopChannels {
    ShopChannels(data.directory, try Platform.configuration(of: data.directory))
  }
}

/// A channel as it is named on the command line: by its name, or by the path of a mapping file.
struct ChannelWord {
  /// The name of a channel, which for a file is only known when it is read.
  let word: String

  /// Nil for a name.
  var file: String? { word.hasSuffix(".yaml") || word.hasSuffix(".yml") || word.contains("/") ? word : nil }

  /// Throws where there is no such channel or file, or where its mapping is wrong.
  func mapping(in channels: ShopChannels) throws -> Mapping {
    if let file { return try channels.mapping(file: file) }
    guard let mapping = try channels.mapping(named: word) else { throw UsageError(try channels.unknown(word)) }
    return mapping
  }

  /// The text of the mapping, and what messages call its file.
  func source(in channels: ShopChannels) throws -> (yaml: String, file: String) {
    if let file {
      guard let yaml = try TextFile.read(file) else { throw DirectoryError("\(file): there is no such file") }
      return (yaml, file)
    }
    guard let source = try channels.source(of: word) else { throw UsageError(try channels.unknown(word)) }
    return source
  }
}

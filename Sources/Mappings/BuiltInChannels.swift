/// The channels that come with the program: mapping files and nothing else.
package enum BuiltInChannels {
  /// The names of all channels, sorted.
  package static let names: [String] = embeddedChannels.compactMap { file in
    file.path.hasSuffix(".yaml") ? String(file.path.dropFirst(folder.count).dropLast(".yaml".count)) : nil
  }.sorted()

  /// The text of a channel's mapping file; nil for a name that none has. O(channels).
  package static func yaml(of name: String) -> String? { text(folder + name + ".yaml") }

  /// The examples of a channel, one a line; nil where there are none. O(channels).
  package static func examples(of name: String) -> String? { text(folder + name + ".examples.ndjson") }

  private static let folder = "channels/"

  private static func text(_ path: String) -> String? { embeddedChannels.first { $0.path == path }?.text }
}

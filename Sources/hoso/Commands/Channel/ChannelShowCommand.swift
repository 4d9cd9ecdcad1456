import ArgumentParser
import Mappings
import Platform

extension ChannelCommand {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print the mapping of a channel: copy it to channels/NAME.yaml of the data directory to change it.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The name of a channel, or the path of a mapping file.") var channel: String

    func run() throws {
      let channels = try ChannelCommand.channels(data)
      let word = ChannelWord(word: channel)
      let source = try word.source(in: channels)
      StandardOutput.shared.write(source.yaml.hasSuffix("\n") ? source.yaml : source.yaml + "\n")
      // A wrong mapping is printed as well, and what is wrong with it after it.
      _ = try word.mapping(in: channels)
    }
  }
}

import ArgumentParser
import Expressions
import Mappings
import Platform

extension ChannelCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the channels.")

    @OptionGroup var data: DataOptions
    @Option(help: "table, json or csv.") var format: OutputFormat = .table

    private struct Row {
      let listing: ShopChannels.Listing
      /// Nil where the shop's own file is wrong.
      let mapping: Mapping?
    }

    func run() throws {
      let channels = try ChannelCommand.channels(data)
      let fields: [Field<Row>] = [
        Field("channel", "CHANNEL", .text) { .text($0.listing.name) },
        Field("origin", "ORIGIN", .text) { .text($0.listing.isBuiltIn ? "built-in" : "own") },
        Field("input", "INPUT", .text) { .text($0.mapping?.input.rawValue ?? "") },
        Field("description", "DESCRIPTION", .text) {
          .text($0.mapping?.summary ?? "its file has mistakes; 'hoso channel show \($0.listing.name)' tells them")
        },
      ]
      let types = Field<Row>("types", "TYPES", .list) { Value(texts: $0.mapping?.eventTypes ?? []) }
      let configuration = try Configuration.standard()
      var printer = RowPrinter(format == .table ? fields : fields + [types], format, zone: configuration.timeZone) {
        _ in
        nil
      }
      for listing in try channels.list() {
        try printer.add(Row(listing: listing, mapping: Self.mapping(listing.name, channels)))
      }
      printer.finish(nothing: "There are no channels.")
    }

    /// A list is of use even if one of its files is not.
    private static func mapping(_ name: String, _ channels: ShopChannels) -> Mapping? {
      do { return try channels.mapping(named: name) } catch { return nil }
    }
  }
}

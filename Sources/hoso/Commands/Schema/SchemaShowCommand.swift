import ArgumentParser
import Schemas

extension SchemaCommand {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Print the schema of an event type.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The type, with @VERSION for another than the newest; 'envelope' and 'common' are shown as well.")
    var type: String

    func run() throws {
      let catalogue = try SchemaCommand.catalogue(data)
      StandardOutput.shared.write(try text(catalogue))
    }

    private func text(_ catalogue: SchemaCatalogue) throws -> String {
      switch type {
      case "envelope": catalogue.envelopeText
      case "common": catalogue.commonText
      default: try SchemaWord(type).text(in: catalogue).text
      }
    }
  }
}

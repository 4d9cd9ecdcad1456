import ArgumentParser
import Platform
import Schemas

extension SchemaCommand {
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check every schema: the built-in ones, your own, and files that are named.",
      discussion: """
        Every schema is compiled. The versions of a type follow one another without a gap, and the newest accepts all \
        that the earlier ones do, or upcasters lead from each of them to it.
        """)

    @OptionGroup var data: DataOptions
    @Argument(help: "Schema files to check as if they were added, each with the upcaster beside it.")
    var files: [String] = []

    func run() throws {
      let schemas = ShopSchemas(data.directory)
      let proposal = try schemas.proposal(files, on: try schemas.catalogue())
      var lookup = SchemaLookup(proposal.catalogue)
      let list = proposal.catalogue.list
      for entry in list {
        var type = entry.type
        let isFound = type.withUTF8 { lookup.schema(type: $0, version: entry.version) != nil }
        guard isFound else { throw QueryError.unknownEntity("schema", "\(entry.type)@\(entry.version)") }
      }
      try proposal.evolution.requireSound()
      StandardOutput.shared.write("\(grouped(list.count)) schemas are valid\n")
    }
  }
}

import ArgumentParser
import Platform

extension SchemaCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add event types of your own: JSON Schema files with $id urn:hoso:schema:TYPE:VERSION.",
      discussion: """
        A version follows the one before it, and accepts all that the versions before it do. One that does not needs an \
        upcaster, which leads their events to it: for dir/2.json, dir/2.upcast.json and its examples, \
        dir/2.upcast.ndjson, are taken with it; for a version that is there already, name dir/2.upcast.json itself.

        'hoso schema diff' tells what a version changes.
        """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The files.") var files: [String]

    func run() throws {
      let schemas = ShopSchemas(data.directory)
      let proposal = try schemas.proposal(files, on: try schemas.catalogue())
      try proposal.requireSound()
      try data.directory.create()
      for addition in proposal.additions {
        try schemas.store(addition)
        StandardOutput.shared.write("Added \(Self.words(addition))\n")
      }
    }

    private static func words(_ addition: SchemaProposal.Addition) -> String {
      let version = "\(addition.type) version \(addition.version)"
      if addition.schema == nil { return "the upcaster to \(version)" }
      return version + (addition.upcaster == nil ? "" : " with its upcaster")
    }
  }
}

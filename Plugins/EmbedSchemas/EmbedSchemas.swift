import Foundation
import PackagePlugin

/// Turns the JSON files below schemas/, schemas and upcasters, into a Swift file of the target, whenever one of them changed.
@main
struct EmbedSchemas: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "schemas").resolvingSymlinksInPath()
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedSchemas.swift")
    let paths = try schemaPaths(below: folder)
    return [
      .buildCommand(
        displayName: "Embedding \(paths.count) schemas",
        executable: try context.tool(named: "EmbedSchemasTool").url,
        arguments: [output.path(), folder.path()] + paths,
        inputFiles: paths.map { folder.appending(path: $0) },
        outputFiles: [output])
    ]
  }

  private func schemaPaths(below folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".json") }.sorted()
  }
}

import Foundation
import PackagePlugin

/// Turns files below schemas/ into a Swift file of the target, whenever one of them changed: schemas and upcasters, or for the
/// module of mappings the built-in channels.
@main
struct EmbedSchemas: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "schemas").resolvingSymlinksInPath()
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedSchemas.swift")
    let paths = try paths(below: folder, for: target)
    return [
      .buildCommand(
        displayName: "Embedding \(paths.count) files of schemas/",
        executable: try context.tool(named: "EmbedSchemasTool").url,
        arguments: [output.path(), folder.path()] + paths,
        inputFiles: paths.map { folder.appending(path: $0) },
        outputFiles: [output])
    ]
  }

  private func paths(below folder: URL, for target: any Target) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path()).filter { path in
      if target.name == "Mappings" { return path.hasPrefix("channels/") }
      return path.hasSuffix(".json")
    }.filter { $0.hasSuffix(".json") || $0.hasSuffix(".yaml") || $0.hasSuffix(".ndjson") }.sorted()
  }
}

import Glibc
package import Schemas

/// The shop's own event types: files `schemas/<type>/<version>.json` of the data directory, read when they are needed
/// and added by command.
package struct ShopSchemas {
  private let directory: DataDirectory

  package init(_ directory: DataDirectory) { self.directory = directory }

  /// The built-in types and the shop's own. Throws when a file there cannot be read or is no valid schema.
  package func catalogue() throws -> SchemaCatalogue {
    var catalogue = SchemaCatalogue.builtIn
    for file in try files() {
      guard let text = try TextFile.read(file) else { continue }
      catalogue = try catalogue.adding(text, name: file)
    }
    return catalogue
  }

  /// Checks a schema file and stores it. Throws when the catalogue has its type and version, or its type is built in.
  /// Returns what it is called.
  package func add(_ path: String, to catalogue: SchemaCatalogue) throws -> (type: String, version: Int) {
    guard let text = try TextFile.read(path) else { throw DirectoryError("\(path): there is no such file") }
    let known = Set(catalogue.list)
    guard let added = try catalogue.adding(text, name: path).list.first(where: { !known.contains($0) }) else {
      throw DirectoryError("\(path): this type and version is known already")
    }
    let file = DataDirectory(path: directory.schemas + "/" + added.type)
    try file.create()
    try TextFile.write(text, to: "\(file.path)/\(added.version).json")
    return (added.type, added.version)
  }

  /// Paths of all schema files, by type and version.
  private func files() throws(DirectoryError) -> [String] {
    var files: [String] = []
    for type in try Self.names(in: directory.schemas) {
      let folder = directory.schemas + "/" + type
      let versions = try Self.names(in: folder).filter { $0.hasSuffix(".json") }
      files += versions.sorted { (Int($0.dropLast(5)) ?? 0) < (Int($1.dropLast(5)) ?? 0) }.map { folder + "/" + $0 }
    }
    return files
  }

  /// The names in a directory, sorted, without those that begin with a dot; none where there is no such directory.
  private static func names(in path: String) throws(DirectoryError) -> [String] {
    guard let stream = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw DirectoryError("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

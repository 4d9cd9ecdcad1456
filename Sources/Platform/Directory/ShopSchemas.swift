import Glibc
package import Schemas

/// The shop's own event types: files in the data directory, read on opening and added by command.
package struct ShopSchemas {
  private let directory: DataDirectory

  package init(_ directory: DataDirectory) { self.directory = directory }

  /// The built-in types and the shop's own. Throws when a file there is no valid schema.
  package func catalogue() throws -> SchemaCatalogue {
    var catalogue = SchemaCatalogue.builtIn
    for file in files() {
      guard let text = try TextFile.read(file) else { continue }
      catalogue = try catalogue.adding(text, name: file)
    }
    return catalogue
  }

  /// Checks a schema file and stores it. Returns what it is called.
  package func add(_ path: String, to catalogue: SchemaCatalogue) throws -> (type: String, version: Int) {
    guard let text = try TextFile.read(path) else { throw DirectoryError("\(path): there is no such file") }
    let extended = try catalogue.adding(text, name: path)
    let before = Set(catalogue.list.map { "\($0.type)@\($0.version)" })
    guard let added = extended.list.first(where: { !before.contains("\($0.type)@\($0.version)") }) else {
      throw DirectoryError("\(path): this type and version is known already")
    }
    try DataDirectory(path: directory.schemas + "/" + added.type).create()
    try TextFile.write(text, to: "\(directory.schemas)/\(added.type)/\(added.version).json")
    return (added.type, added.version)
  }

  /// Paths of all schema files, by type and version.
  private func files() -> [String] {
    entries(directory.schemas).flatMap { type in
      entries(directory.schemas + "/" + type).filter { $0.hasSuffix(".json") }
        .sorted { (Int($0.dropLast(5)) ?? 0) < (Int($1.dropLast(5)) ?? 0) }
        .map { "\(directory.schemas)/\(type)/\($0)" }
    }
  }

  private func entries(_ path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
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

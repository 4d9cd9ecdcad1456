import KeyValueStore

/// The small files that belong to a log and follow from nothing: configuration, the shop's own event types and channels.
struct Companions {
  private let files: [(path: String, text: String)]

  /// Those of a directory that another one has not got yet. Where it has one with another content, that is to be replaced, or
  /// the reason to throw.
  init(of source: DataDirectory, for target: DataDirectory, replacing: Bool) throws(DirectoryError) {
    var files: [(path: String, text: String)] = []
    for name in try Self.names(in: source) {
      guard let text = try TextFile.read(source.path + "/" + name) else { continue }
      let path = target.path + "/" + name
      let found = try TextFile.read(path)
      guard replacing || found == nil || found == text else {
        throw DirectoryError("\(path) is there already; it was left as it is")
      }
      if found != text { files.append((path, text)) }
    }
    self.files = files
  }

  /// Writes them, each whole and durably.
  func write() throws(DirectoryError) {
    for file in files {
      try DataDirectory(path: FileSystem.directory(ofPath: file.path)).create()
      try TextFile.replace(file.path, by: file.text)
    }
  }

  /// A schema comes after the upcaster beside it, without which it would be wrong.
  private static func names(in directory: DataDirectory) throws(DirectoryError) -> [String] {
    var names = ["hoso.yaml"]
    for type in try DirectoryListing.names(in: directory.schemas) {
      let files = try Self.names(in: directory.schemas + "/" + type, endingIn: [".json", ".ndjson"])
      names += files.sorted { $0.contains(".upcast.") && !$1.contains(".upcast.") }.map { "schemas/\(type)/\($0)" }
    }
    names += try Self.names(in: directory.channels, endingIn: [".yaml", ".ndjson"]).map { "channels/\($0)" }
    return names
  }

  private static func names(in folder: String, endingIn suffixes: [String]) throws(DirectoryError) -> [String] {
    try DirectoryListing.names(in: folder).filter { name in suffixes.contains { name.hasSuffix($0) } }
  }
}

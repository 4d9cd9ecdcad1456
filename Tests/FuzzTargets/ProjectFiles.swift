import Glibc

/// The files of the project from which seeds are made, and the inputs that are kept.
package enum ProjectFiles {
  /// The folder of the package, found from where this file lies.
  private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
    separator: "/")

  /// The files below a folder of the package whose names end so, sorted.
  package static func paths(below folder: String, ending: String) -> [String] {
    var paths: [String] = []
    for name in names(in: folder) {
      let path = folder + "/" + name
      if name.hasSuffix(ending) { paths.append(path) } else { paths += Self.paths(below: path, ending: ending) }
    }
    return paths.sorted()
  }

  /// What is in a folder; nothing where there is no such folder.
  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(root + "/" + folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// The bytes of a file; none where it cannot be read.
  package static func bytes(_ path: String) -> [UInt8] { bytes(ofFile: root + "/" + path) }

  /// The bytes of a file anywhere; none where it cannot be read.
  static func bytes(ofFile path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// The lines of all files below a folder whose names end so.
  static func lines(below folder: String, ending: String) -> [[UInt8]] {
    paths(below: folder, ending: ending).flatMap { bytes($0).split(separator: 0x0A).map(Array.init) }
  }
}

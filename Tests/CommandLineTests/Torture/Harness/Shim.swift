import Foundation

/// The library that stands between the program and the system, compiled once a run.
enum Shim {
  static let library = Result { try compile() }

  /// The variables that load it, for files below a folder.
  static func environment(root: URL, _ more: [String: String] = [:]) throws -> [String: String] {
    ["LD_PRELOAD": try library.get(), "SHIM_ROOT": root.path].merging(more) { $1 }
  }

  private static let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("hoso-shim-\(ProcessInfo.processInfo.processIdentifier)")

  private static func compile() throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { Shim.remove() }
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Shim/shim.c")
    let target = folder.appendingPathComponent("shim.so").path
    // A Swift toolchain brings clang along; a system need not have a cc.
    let script = #"c=$(command -v cc || command -v clang) && exec "$c" -shared -fPIC -O2 -o "$1" "$0""#
    _ = try Program.run("/bin/sh", ["-c", script, source.path, target], in: folder).successful
    return target
  }

  private static func remove() {
    do { try FileManager.default.removeItem(at: folder) } catch { print("\(folder.path) is left behind: \(error)") }
  }
}

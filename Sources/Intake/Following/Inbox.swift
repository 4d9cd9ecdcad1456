import Glibc

/// A folder whose files are taken once each, and then lie in `done/` or `failed/` within it.
///
/// Files in a subfolder are those of the channel that it is named after. Names that begin with a point, or end with `~`,
/// `.tmp` or `.part`, are files that somebody is still writing.
package struct Inbox: Sendable {
  /// A file that waits.
  package struct File: Sendable, Equatable {
    /// The channel that its subfolder is named after; nil for the folder itself.
    package let channel: String?
    package let name: String
    /// Where it lies.
    package let path: String
    /// Its size and when it was last written to, in nanoseconds since 1970.
    fileprivate let state: State
  }

  fileprivate struct State: Sendable, Equatable {
    let size: Int
    let modified: Int

    /// Nil where there is no file of that name.
    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      size = Int(status.st_size)
      modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }
  }

  /// What became of a file.
  package enum Outcome: String, Sendable {
    case done, failed
  }

  /// A file that was written to within so many seconds may not be whole.
  private static let settledSeconds = 1

  private let folder: String

  /// Throws where there is no such folder, or where nothing can be moved in it.
  package init(_ folder: String) throws(InputError) {
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw InputError(file: folder, reason: "is no folder; an inbox must be there before files can be dropped in it")
    }
    guard access(folder, R_OK | W_OK | X_OK) == 0 else {
      throw InputError(file: folder, reason: "cannot be written to, and files that were taken are moved within it")
    }
  }

  /// The files that wait, the oldest first, and whether others are still being written.
  /// - Parameter channels: the names of subfolders that are looked into.
  package func waiting(channels: [String]) throws(InputError) -> (files: [File], hasUnsettled: Bool) {
    var found: [File] = []
    var hasUnsettled = false
    let own = [Outcome.done.rawValue, Outcome.failed.rawValue]
    for channel in [nil] + channels.filter({ !own.contains($0) }).map(Optional.some) where channel.map(isFolder) ?? true
    {
      let place = channel.map { folder + "/" + $0 } ?? folder
      for name in try names(in: place) {
        guard !Self.isUnfinished(name), let state = State(place + "/" + name) else { continue }
        // A time in the future is that of another clock.
        guard abs(time(nil) - state.modified / 1_000_000_000) > Self.settledSeconds else {
          hasUnsettled = true
          continue
        }
        found.append(File(channel: channel, name: name, path: place + "/" + name, state: state))
      }
    }
    let files = found.sorted { ($0.state.modified, $0.path) < ($1.state.modified, $1.path) }
    return (files, hasUnsettled)
  }

  /// The names of subfolders that are neither channels nor the inbox's own: what lies in them is never looked at.
  package func strangeFolders(channels: [String]) throws(InputError) -> [String] {
    let own = Set(channels + [Outcome.done.rawValue, Outcome.failed.rawValue])
    return try names(in: folder).filter { !$0.hasPrefix(".") && !own.contains($0) && isFolder($0) }.sorted()
  }

  /// Whether a file was written to since it was found waiting: what was read of it may not be all.
  package func hasChanged(_ file: File) -> Bool { State(file.path).map { $0 != file.state } ?? false }

  /// Moves a file out of the way, durably. Returns where it lies now; nil where somebody else took it meanwhile.
  package func move(_ file: File, to outcome: Outcome) throws(InputError) -> String? {
    var place = folder + "/" + outcome.rawValue
    try create(place)
    if let channel = file.channel {
      place += "/" + channel
      try create(place)
    }
    var target = place + "/" + file.name
    var number = 1
    while access(target, F_OK) == 0 {
      target = "\(place)/\(file.name).\(number)"
      number += 1
    }
    guard rename(file.path, target) == 0 else {
      if errno == ENOENT { return nil }
      throw failure(file.path, "cannot be moved to \(target)")
    }
    sync(place)
    return target
  }

  private static func isUnfinished(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasSuffix("~") || name.hasSuffix(".tmp") || name.hasSuffix(".part")
  }

  private func isFolder(_ channel: String) -> Bool {
    var status = stat()
    return stat(folder + "/" + channel, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func create(_ path: String) throws(InputError) {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path, "cannot be created") }
  }

  /// Without it a crash could bring a file back; it would be taken again, and add nothing.
  private func sync(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func names(in path: String) throws(InputError) -> [String] {
    guard let stream = opendir(path) else { throw failure(path, "cannot be read") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { $0 != "." && $0 != ".." }
  }

  private func failure(_ path: String, _ what: String) -> InputError {
    InputError(file: path, reason: "\(what): \(String(cString: strerror(errno)))")
  }
}

import Foundation

/// What a trace did to a disk, step by step. Every record is one step, so places in the trace are places here.
///
/// What file systems promise is taken strictly: a sync of a file makes its content durable, a sync of a folder its
/// names, and no sync makes anything else durable. A rename happens or does not.
struct DiskHistory {
  private(set) var steps: [DiskStep] = []
  private var files: [String: Int] = [:]
  private var folders: Set<String>
  private var openFiles: [TraceRecord.Descriptor: Int] = [:]
  private var openFolders: [TraceRecord.Descriptor: String] = [:]
  private var fileCount = 0
  private let root: String

  /// - Parameter syncsDropped: syncs of files that shall count for nothing, to see that the tests notice.
  init(_ records: [TraceRecord], root: String, syncsDropped: Bool = false) throws {
    self.root = root
    folders = [""]
    for record in records { steps.append(try step(record, at: steps.count, syncsDropped)) }
  }

  private mutating func step(_ record: TraceRecord, at index: Int, _ syncsDropped: Bool) throws -> DiskStep {
    switch record.kind {
    case .open: return try open(record)
    case .write:
      var step = DiskStep(
        change: .write(file: try file(record), offset: record.offset, bytes: record.content))
      if record.flags != 0 { step.durableAt = index }
      return step
    case .truncate: return DiskStep(change: .truncate(file: try file(record), length: record.offset))
    case .rename: return try rename(record)
    case .unlink, .rmdir:
      files[name(record.text)] = nil
      return DiskStep(change: .remove(path: name(record.text)))
    case .mkdir:
      folders.insert(name(record.text))
      return DiskStep(change: .folder(path: name(record.text)))
    case .sync:
      if !(syncsDropped && openFiles[record.file] != nil) { sync(record, at: index) }
      return DiskStep(change: .none)
    case .output: return DiskStep(change: .none)
    case .link: throw Program.Failure(description: "the trace has a link, which is not simulated")
    }
  }

  /// A path below the root, in one spelling.
  private func name(_ path: String) -> String {
    path.dropFirst(root.count).split(separator: "/").joined(separator: "/")
  }

  private func file(_ record: TraceRecord) throws -> Int {
    guard let file = openFiles[record.file] else { throw Program.Failure(description: "an unknown file is written") }
    return file
  }

  private mutating func open(_ record: TraceRecord) throws -> DiskStep {
    let path = name(record.text)
    openFiles[record.file] = nil
    openFolders[record.file] = nil
    if folders.contains(path) {
      openFolders[record.file] = path
      return DiskStep(change: .none)
    }
    if let file = files[path] {
      openFiles[record.file] = file
      return DiskStep(change: record.flags & 2 != 0 ? .truncate(file: file, length: 0) : .none)
    }
    fileCount += 1
    (files[path], openFiles[record.file]) = (fileCount, fileCount)
    return DiskStep(change: .name(path: path, file: fileCount, old: nil))
  }

  private mutating func rename(_ record: TraceRecord) throws -> DiskStep {
    let names = record.text.split(separator: "\n").map { name(String($0)) }
    guard names.count == 2, let file = files.removeValue(forKey: names[0]) else {
      throw Program.Failure(description: "a rename of an unknown file: \(record.text)")
    }
    files[names[1]] = file
    return DiskStep(change: .name(path: names[1], file: file, old: names[0]))
  }

  private mutating func sync(_ record: TraceRecord, at index: Int) {
    let (file, folder) = (openFiles[record.file], openFolders[record.file])
    for place in steps.indices where steps[place].durableAt == .max {
      let step = steps[place]
      if file != nil && step.file == file || folder != nil && step.folder == folder { steps[place].durableAt = index }
    }
  }
}

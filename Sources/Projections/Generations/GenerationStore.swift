import Glibc
import KeyValueStore
import Threads

/// The generations of one data directory: numbered files and a pointer to the live one.
///
/// The pointer is replaced by an atomic rename, so a reader sees the old generation or the new one, never a mixture.
package struct GenerationStore: Sendable {
  let directory: String

  /// The directory is created with the first generation.
  package init(directory: String) { self.directory = directory }

  /// The file of a generation.
  package func path(_ number: Int) -> String { directory + "/" + String(number) + ".mdb" }

  /// Runs `body` while no other process begins, promotes or drops generations, or changes the live one. Readers go on.
  package func exclusively<Result>(_ body: () throws -> Result) throws -> Result {
    try createDirectory()
    let lock = try FileLock(path: directory + "/lock", creating: true)
    defer { lock.release() }
    return try body()
  }

  /// What one process holds while it rebuilds, until it is let go. Throws `rebuildRunning` at once where another does.
  package func lockRebuild() throws(ProjectionError) -> RebuildLock {
    try createDirectory()
    return try RebuildLock(path: directory + "/rebuild.lock")
  }

  private func createDirectory() throws(ProjectionError) {
    errno = FileSystem.createDirectory(directory)
    guard errno == 0 else { throw failure("create", directory) }
  }

  /// Opens the live generation, or returns nil before there is one. Throws `stale` where it is to be changed and is of
  /// an older version.
  package func openLive(readOnly: Bool) throws(ProjectionError) -> Generation? {
    guard let number = try liveNumber() else { return nil }
    guard access(path(number), F_OK) == 0 else {
      // It may have been dropped just now, in favour of another one.
      if try liveNumber() != number { return try openLive(readOnly: readOnly) }
      throw .damaged("\(path(number)), the live generation, is missing")
    }
    return try Generation(number: number, path: path(number), create: false, readOnly: readOnly)
  }

  /// Opens a generation for questions. Throws where there is none of that number.
  package func openGeneration(_ number: Int) throws(ProjectionError) -> Generation {
    try requireKnown(number)
    return try Generation(number: number, path: path(number), create: false, readOnly: true)
  }

  /// Opens the live generation, creating the first one when there is none.
  package func openOrCreateLive() throws(ProjectionError) -> Generation {
    if let live = try openLive(readOnly: false) { return live }
    try dropUnfinished()
    let generation = try create(nextNumber(), syncsOnCommit: true)
    // An empty generation is all that there is to read models of no events.
    try finish(generation)
    try promote(generation.number)
    return generation
  }

  /// Begins a new generation beside all others. It is not durable before ``finish(_:)``.
  package func createNext() throws(ProjectionError) -> Generation { try create(nextNumber(), syncsOnCommit: false) }

  /// Begins a new generation with the rows of another one, of this program's version.
  package func copyNext(of generation: Generation) throws(ProjectionError) -> Generation {
    let number = try nextNumber()
    try projectionErrors { try generation.environment.copy(to: path(number)) }
    let copy = try create(number, syncsOnCommit: false)
    try copy.markFinished(false)
    return copy
  }

  private func nextNumber() throws(ProjectionError) -> Int {
    let pointer = try readPointer()
    return 1 + max(try numbers().max() ?? 0, pointer?.live ?? 0, pointer?.former.max() ?? 0)
  }

  private func create(_ number: Int, syncsOnCommit: Bool) throws(ProjectionError) -> Generation {
    try createDirectory()
    do {
      return try Generation(
        number: number, path: path(number), create: true, readOnly: false, syncsOnCommit: syncsOnCommit)
    } catch {
      // What could not be created, for want of room perhaps, must not look like a generation.
      try remove(number)
      throw error
    }
  }

  /// Checks every row of a generation while it is made durable, and then notes, durably too, that it is finished. Throws
  /// `damaged` where rows are not as they were written. `progress` gets the rows read and those that there are.
  package func finish(
    _ generation: Generation, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(ProjectionError) {
    try projectionErrors {
      try concurrently {
        try generation.environment.sync()
      } _: {
        try generation.verify(progress: progress)
      }
    }
    errno = FileSystem.syncDirectory(directory)
    guard errno == 0 else { throw failure("sync", directory) }
    try generation.markFinished()
    try projectionErrors { try generation.environment.sync() }
  }

  /// Closes a generation that was not to be, and leaves nothing of it.
  package func discard(_ generation: Generation) throws(ProjectionError) {
    generation.close()
    if try liveNumber() != generation.number { try remove(generation.number) }
  }

  /// Bytes of the file of a generation; nil where there is none.
  package func fileBytes(of number: Int) -> Int? {
    var status = stat()
    return stat(path(number), &status) == 0 ? Int(status.st_size) : nil
  }

  /// The numbers of all generation files, ascending.
  package func numbers() throws(ProjectionError) -> [Int] {
    try names().compactMap { $0.hasSuffix(".mdb") ? Int($0.dropLast(4)) : nil }.sorted()
  }

  /// What lies in the directory; nothing before there is one.
  func names() throws(ProjectionError) -> [String] {
    switch FileSystem.names(in: directory) {
    case .success(let names): return names
    case .failure(let number):
      if number.value == ENOENT { return [] }
      errno = number.value
      throw failure("read", directory)
    }
  }

  func requireKnown(_ number: Int) throws(ProjectionError) {
    let known = try numbers()
    guard !known.contains(number) else { return }
    let others = known.isEmpty ? "there are none" : "there are \(known.map(String.init).joined(separator: ", "))"
    throw .refused("there is no generation \(number); \(others)")
  }

  /// Deletes the files of a generation: first what lies beside it, so that nothing is left without a name that is listed.
  func remove(_ number: Int) throws(ProjectionError) {
    for name in try names() where name.hasPrefix("\(number).mdb-") { unlink(directory + "/" + name) }
    guard unlink(path(number)) == 0 || errno == ENOENT else { throw failure("delete", path(number)) }
    unlink(path(number) + "-lock")
  }

  func failure(_ verb: String, _ path: String) -> ProjectionError {
    .file("could not \(verb) \(path): \(String(cString: strerror(errno)))")
  }
}

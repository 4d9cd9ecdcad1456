import Glibc
import KeyValueStore

/// The generations of one data directory: numbered files and a pointer to the live one.
///
/// The pointer is replaced by an atomic rename, so a reader sees the old generation or the new one, never a mixture.
package struct GenerationStore: Sendable {
  private let directory: String

  /// The directory is created with the first generation.
  package init(directory: String) { self.directory = directory }

  private var pointerPath: String { directory + "/current" }
  private func path(_ number: Int) -> String { directory + "/" + String(number) + ".mdb" }

  /// The number of the live generation, or nil before there is one.
  package func liveNumber() throws(ProjectionError) -> Int? {
    guard let text = try readPointer() else { return nil }
    let digits = text.prefix { $0.isNumber }
    guard let number = Int(digits), number > 0 else {
      throw .damaged("\(pointerPath) does not name a generation")
    }
    return number
  }

  private func readPointer() throws(ProjectionError) -> String? {
    let descriptor = open(pointerPath, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .file("\(pointerPath) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { Glibc.close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 32)
    let count = read(descriptor, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }

  /// Runs `body` while no other process begins, promotes or drops generations, or changes the live one. Readers go on.
  package func exclusively<Result>(_ body: () throws -> Result) throws -> Result {
    try createDirectory()
    let lock = try FileLock(path: directory + "/lock", creating: true)
    defer { lock.release() }
    return try body()
  }

  private func createDirectory() throws(ProjectionError) {
    if mkdir(directory, 0o700) != 0, errno != EEXIST {
      throw .file("\(directory) cannot be created: \(String(cString: strerror(errno)))")
    }
  }

  /// Opens the live generation, or nil before there is one.
  package func openLive(readOnly: Bool) throws(ProjectionError) -> Generation? {
    guard let number = try liveNumber() else { return nil }
    guard access(path(number), F_OK) == 0 else { throw .damaged("\(path(number)), the live generation, is missing") }
    return try Generation(number: number, path: path(number), create: false, readOnly: readOnly)
  }

  /// Opens the live generation, creating the first one when there is none.
  package func openOrCreateLive() throws(ProjectionError) -> Generation {
    if let live = try openLive(readOnly: false) { return live }
    let generation = try create(1, syncsOnCommit: true)
    try promote(generation.number)
    return generation
  }

  /// Begins a new generation beside all others. It is not durable before ``finish(_:)``.
  package func createNext() throws(ProjectionError) -> Generation {
    try create((numbers().max() ?? 0) + 1, syncsOnCommit: false)
  }

  private func create(_ number: Int, syncsOnCommit: Bool) throws(ProjectionError) -> Generation {
    try createDirectory()
    let isNew = access(path(number), F_OK) != 0
    do {
      return try Generation(
        number: number, path: path(number), create: true, readOnly: false, syncsOnCommit: syncsOnCommit)
    } catch {
      // What could not be created, for want of room perhaps, must not look like a generation.
      if isNew, try liveNumber() != number { try drop(number) }
      throw error
    }
  }

  /// Makes a built generation durable.
  package func finish(_ generation: Generation) throws(ProjectionError) {
    try projectionErrors { try generation.environment.sync() }
  }

  /// Makes a generation the live one, atomically and durably.
  package func promote(_ number: Int) throws(ProjectionError) {
    let known = numbers()
    guard known.contains(number) else {
      throw .file("there is no generation \(number); there are \(known.map(String.init).joined(separator: ", "))")
    }
    // A name of its own: another process may promote at the same time.
    let temporary = pointerPath + ".new-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("create", temporary) }
    let text = Array("\(number)\n".utf8)
    let written = write(descriptor, text, text.count) == text.count && fsync(descriptor) == 0
    Glibc.close(descriptor)
    guard written, rename(temporary, pointerPath) == 0 else { throw failure("replace", pointerPath) }
    try syncDirectory()
  }

  private func syncDirectory() throws(ProjectionError) {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", directory) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("sync", directory) }
  }

  private func failure(_ verb: String, _ path: String) -> ProjectionError {
    .file("could not \(verb) \(path): \(String(cString: strerror(errno)))")
  }

  /// The numbers of all generation files, ascending.
  package func numbers() -> [Int] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var numbers: [Int] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".mdb"), let number = Int(name.dropLast(4)) { numbers.append(number) }
    }
    return numbers.sorted()
  }

  /// Deletes a generation that is not the live one, and gives its disk back.
  package func drop(_ number: Int) throws(ProjectionError) {
    guard try liveNumber() != number else { throw .file("generation \(number) is the live one and cannot be dropped") }
    guard unlink(path(number)) == 0 || errno == ENOENT else { throw failure("delete", path(number)) }
    unlink(path(number) + "-lock")
  }
}

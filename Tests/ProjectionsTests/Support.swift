import Compression
import EventLog
import Events
import GeneratedEvents
import Glibc
import Projections
import Testing

/// A directory of its own for one test, removed with everything in it when the value goes.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/ProjectionsTests.XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
    }
    try #require(made, "mkdtemp failed with errno \(errno)")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if let listing = opendir(path) {
      while let entry = readdir(listing) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(listing)
    }
    if rmdir(path) != 0 { unlink(path) }
  }
}

/// A log and the generations made of it.
struct TestStore {
  let directory: TemporaryDirectory
  let log: EventLog
  let generations: GenerationStore

  init(_ events: [GeneratedEvent] = []) throws {
    directory = try TemporaryDirectory()
    log = try EventLog(path: directory.path + "/log.mdb")
    generations = GenerationStore(directory: directory.path + "/profiles")
    try append(events)
  }

  func append(_ events: [GeneratedEvent]) throws { try append(documents: events.map(\.document)) }

  func append(documents: [[UInt8]]) throws {
    var appender = try log.append(with: ZstandardCompressor())
    for document in documents {
      _ = try document.withUnsafeBytes { try appender.append($0, received: Instant(microseconds: 0)) }
    }
    try appender.commit()
  }

  /// The live generation, brought up to the end of the log.
  func project(statesMax: Int? = nil) throws -> Generation {
    let generation = try generations.openOrCreateLive()
    try catchUp(generation, statesMax: statesMax)
    return generation
  }

  func catchUp(_ generation: Generation, statesMax: Int? = nil) throws {
    try projector(generation, statesMax: statesMax).catchUp(log)
  }

  /// With a limit also the transactions that fill a generation are small.
  func projector(_ generation: Generation, statesMax: Int?) -> Projector {
    var limits = Projector.Limits()
    if let statesMax {
      limits.freshStatesMax = statesMax
      limits.statesMax = statesMax
      limits.loadBytesMax = 64 << 10
    }
    return Projector(generation, FoldSettings(identifiers: .standard), limits: limits)
  }
}

package import EventLog
package import Events
import Glibc
package import Intake
import KeyValueStore
package import Projections
package import Schemas
package import Upcasting

/// One data directory, opened: the log, the configuration, the event types, and the read models. The use cases are
/// methods of it.
package final class Platform {
  /// What the directory is opened for.
  package enum Access {
    /// Questions only. The directory must be there.
    case reading
    /// Changes. The directory must be there.
    case writing
    /// Changes, and the directory is created when it is not there.
    case creating
  }

  package let directory: DataDirectory
  package let configuration: Configuration
  package let log: EventLog
  package let generations: GenerationStore
  /// With fewer events behind the log the read models are never built anew: either way takes a second or two.
  package var rebuiltLagMin: Position = 100_000
  /// The event types; read on first use, since most questions need none.
  package private(set) lazy var schemas = Result { try ShopSchemas(directory).catalogue() }

  /// What leads old events to the newest versions; read on first use too.
  package private(set) lazy var upcasters = Result { try ShopSchemas(directory).upcasters(try schemas.get()) }

  package init(_ directory: DataDirectory, _ access: Access) throws {
    self.directory = directory
    if access == .creating { try directory.create() } else { try directory.requireLog() }
    configuration = try Self.configuration(of: directory)
    log = try Self.openLog(directory, access)
    generations = GenerationStore(directory: directory.projections)
  }

  /// The configuration of a directory, or the defaults where there is no file.
  package static func configuration(of directory: DataDirectory) throws -> Configuration {
    guard let text = try TextFile.read(directory.configurationFile) else { return try Configuration.standard() }
    return try ConfigurationReader(file: directory.configurationFile).read(text)
  }

  /// The configuration in a file, which must be there. Throws ``ConfigurationError`` with the line of a mistake.
  package static func configuration(file: String) throws -> Configuration {
    guard let text = try TextFile.read(file) else {
      throw ConfigurationError(file: file, line: 0, reason: "there is no such file")
    }
    return try ConfigurationReader(file: file).read(text)
  }

  /// A log that a full disk, or its end, kept a process from creating is none.
  private static func openLog(_ directory: DataDirectory, _ access: Access) throws -> EventLog {
    do {
      return try EventLog(path: directory.logFile, readOnly: access == .reading, created: now())
    } catch {
      let isUnborn = try isDamage(error) && directory.hasUnbornLog()
      if isUnborn, access != .reading {
        try directory.removeUnbornLog()
        return try EventLog(path: directory.logFile, created: now())
      }
      guard isUnborn || isIncomplete(error) else { throw error }
      throw DirectoryError("the log in \(directory.path) was never completely created; 'hoso ingest FILE' creates it")
    }
  }

  private static func isDamage(_ error: any Error) -> Bool { (error as? LogError)?.isDamage == true }

  private static func isIncomplete(_ error: any Error) -> Bool {
    switch error as? LogError {
    case .neverCreated: true
    case .store(let cause): cause.code == .tableMissing
    default: false
    }
  }

  /// The system's clock.
  package static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  /// What folding depends on besides the events.
  package func settings() throws -> FoldSettings {
    FoldSettings(
      identifiers: configuration.identifiers, attributionWindow: configuration.attributionWindow,
      upcasters: try upcasters.get())
  }

  /// The same, but as a generation was made wherever that can be told from it.
  package func settings(of generation: Generation) throws -> FoldSettings {
    var settings = try settings()
    if let stored = try generation.settings() {
      settings.identifiers = stored.identifiers
      settings.attributionWindow = stored.attributionWindow
    }
    return settings
  }

  package func intakeRules() throws -> IntakeRules {
    IntakeRules(catalogue: try schemas.get(), identifiers: configuration.identifiers, now: Self.now)
  }

  /// The live read models, or nil before anything was projected.
  package func openReadModels() throws -> Generation? { try generations.openLive(readOnly: true) }
}

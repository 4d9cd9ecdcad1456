import Intake
import Mappings
import Synchronization

/// Loads a mapping again after SIGHUP. A mapping that is wrong by now is reported, and the former one stays in force.
final class MappingReload: Sendable {
  private let load: @Sendable () throws -> Mapping?
  private let seen = Mutex(Signals.reloadCount)

  init(_ load: @escaping @Sendable () throws -> Mapping?) { self.load = load }

  var control: FollowControl {
    FollowControl(isStopped: { Signals.areStopping }, newMapping: { self.newMapping() })
  }

  /// The mapping, once after each SIGHUP; else nil.
  func newMapping() -> Mapping? {
    let count = Signals.reloadCount
    let isDue = seen.withLock { seen in
      defer { seen = count }
      return seen != count
    }
    guard isDue else { return nil }
    do {
      guard let mapping = try load() else { return nil }
      guard mapping.input == .json else { throw UsageError("rows cannot be followed") }
      StandardError.write("The mapping was loaded again.\n")
      return mapping
    } catch {
      StandardError.write("The mapping was not loaded again, and the former one stays in force: \(error)\n")
      return nil
    }
  }
}

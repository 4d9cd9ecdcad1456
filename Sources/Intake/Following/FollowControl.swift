package import Mappings

/// What whoever follows an input is told from outside. Asked from several threads.
package struct FollowControl: Sendable {
  /// Whether to come to an end: what was read is taken, and what was not is left for another time.
  package let isStopped: @Sendable () -> Bool
  /// The mapping that is to be used from now on, once after it was loaded again; nil while nothing has changed.
  package let newMapping: @Sendable () -> Mapping?

  package init(isStopped: @escaping @Sendable () -> Bool, newMapping: @escaping @Sendable () -> Mapping?) {
    self.isStopped = isStopped
    self.newMapping = newMapping
  }
}

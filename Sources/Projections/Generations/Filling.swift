import Synchronization

/// How many rows were written while a generation is filled, for whoever wants to show it.
package final class Filling: Sendable {
  private struct State {
    var expected: Int?
    var observer: (@Sendable (_ rows: Int, _ expected: Int?) -> Void)?
  }

  private let state = Mutex(State())

  /// Calls `body` now and then while rows are written, on the thread that writes, with how many rows it were so far
  /// and how many it will be, where that is known.
  package func observe(_ body: (@Sendable (_ rows: Int, _ expected: Int?) -> Void)?) {
    state.withLock { $0.observer = body }
  }

  /// Notes how many rows will be written.
  func expect(rows: Int) { state.withLock { $0.expected = rows } }

  func report(rows: Int) {
    let (observer, expected) = state.withLock { ($0.observer, $0.expected) }
    observer?(rows, expected)
  }
}

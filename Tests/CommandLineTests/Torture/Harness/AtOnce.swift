import Foundation
import Synchronization

/// Runs all of them, each on a thread of its own, waits for their ends, and throws what the first to fail has thrown.
func atOnce(_ bodies: [@Sendable () throws -> Void]) throws {
  let failures = Mutex<[any Error]>([])
  let left = Mutex(bodies.count)
  for body in bodies {
    Thread.detachNewThread {
      do { try body() } catch { failures.withLock { $0.append(error) } }
      left.withLock { $0 -= 1 }
    }
  }
  while left.withLock({ $0 }) > 0 { usleep(2_000) }
  if let failure = failures.withLock({ $0.first }) { throw failure }
}

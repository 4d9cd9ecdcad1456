import Glibc

/// Runs a transformation on several threads and hands its results over in the order of the inputs.
///
/// `next` is called by one worker at a time; `transform` by several at once, each with its own worker state. At most
/// `window` items are under way, which bounds memory. A failure of `next` reaches the consumer after all results
/// that came before it.
package final class OrderedPipeline<Input, Output>: @unchecked Sendable {
  // Every mutable field is only touched with `lock` held, except that `next` runs under `inputLock`.
  private let lock = Condition()
  private let inputLock = Condition()
  private let window: Int
  private let next: () throws -> Input?
  private var taken = 0
  private var delivered = 0
  private var results: [Int: Result<Output, any Error>] = [:]
  private var end: Int?
  private var isCancelled = false
  private var threads: [pthread_t] = []

  /// Starts the workers. At least one is started, and `window` is at least 1.
  package init<Worker>(
    workers: Int, window: Int, next: @escaping () throws -> Input?, makeWorker: @escaping () -> Worker,
    transform: @escaping (inout Worker, Input) -> Output
  ) {
    self.window = max(1, window)
    self.next = next
    threads = (0..<max(1, workers)).map { _ in
      startThread {
        var worker = makeWorker()
        while let (number, input) = self.takeInput() { self.deliver(number, .success(transform(&worker, input))) }
      }
    }
  }

  /// The next result in order, or nil after the last one. Throws what `next` threw, once. For one thread.
  package func nextOutput() throws -> Output? {
    lock.lock()
    defer { lock.unlock() }
    while true {
      if let result = results.removeValue(forKey: delivered) {
        delivered += 1
        lock.broadcast()
        return try result.get()
      }
      if let end, delivered >= end { return nil }
      lock.wait()
    }
  }

  /// Stops the workers and waits for them. Must be called before the pipeline is let go.
  package func stop() {
    lock.lock()
    isCancelled = true
    lock.broadcast()
    lock.unlock()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  private func takeInput() -> (Int, Input)? {
    inputLock.lock()
    defer { inputLock.unlock() }
    guard waitForRoom() else { return nil }
    let number = taken
    do {
      guard let input = try next() else {
        finish(at: number)
        return nil
      }
      taken += 1
      return (number, input)
    } catch {
      deliver(number, .failure(error))
      finish(at: number + 1)
      return nil
    }
  }

  private func waitForRoom() -> Bool {
    lock.lock()
    defer { lock.unlock() }
    while taken - delivered >= window, !isCancelled { lock.wait() }
    return !isCancelled && end == nil
  }

  private func finish(at number: Int) {
    lock.lock()
    end = number
    lock.broadcast()
    lock.unlock()
  }

  private func deliver(_ number: Int, _ result: Result<Output, any Error>) {
    lock.lock()
    results[number] = result
    lock.broadcast()
    lock.unlock()
  }
}

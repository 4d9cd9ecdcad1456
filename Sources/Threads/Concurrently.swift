import Glibc

/// Runs two pieces of work at the same time, the second on the calling thread, and returns when both have ended. Throws
/// what the first threw, else what the second did.
package func concurrently(_ first: () throws -> Void, _ second: () throws -> Void) throws {
  // Neither outlives the call: the thread is joined below.
  nonisolated(unsafe) var failure: (any Error)?
  try withoutActuallyEscaping(first) { first in
    let thread = startThread {
      do { try first() } catch { failure = error }
    }
    let result = Result { try second() }
    pthread_join(thread, nil)
    if let failure { throw failure }
    try result.get()
  }
}

/// Runs a piece of work for each element at the same time, the last on the calling thread, and returns when all have ended.
/// Throws what the first of those threw that failed.
package func forEachConcurrently<Element>(
  _ elements: inout [Element], _ body: (_ number: Int, inout Element) throws -> Void
) throws {
  try elements.withUnsafeMutableBufferPointer { elements in
    // Each thread has an element of its own, and is joined before this returns.
    nonisolated(unsafe) let elements = elements
    func run(_ number: Int) throws {
      guard number + 1 < elements.count else {
        if number < elements.count { try body(number, &elements[number]) }
        return
      }
      try concurrently {
        try body(number, &elements[number])
      } _: {
        try run(number + 1)
      }
    }
    try run(0)
  }
}

/// What two pieces of work return that run at the same time, the second on the calling thread.
package func concurrentResults<First, Second>(_ first: () -> First, _ second: () -> Second) -> (First, Second) {
  // The thread that writes it is joined before it is read.
  nonisolated(unsafe) var result: First?
  return withoutActuallyEscaping(first) { first in
    let thread = startThread { result = first() }
    let second = second()
    pthread_join(thread, nil)
    // Joined, so the thread has ended, and it ends by writing.
    return (result.unsafelyUnwrapped, second)
  }
}

/// Starts an operating-system thread that runs `body` once.
func startThread(_ body: @escaping () -> Void) -> pthread_t {
  final class Box {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let box = Unmanaged.passRetained(Box(body))
  let status = pthread_create(
    &thread, nil,
    { context in
      // The context is the box retained above; this thread takes that reference over.
      let box = Unmanaged<Box>.fromOpaque(context.unsafelyUnwrapped).takeRetainedValue()
      box.body()
      return nil
    }, box.toOpaque())
  precondition(status == 0, "the system refused a thread (error \(status))")
  return thread
}

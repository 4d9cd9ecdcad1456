import GeneratedEvents
import Synchronization
import Testing
import Threads

@Suite(.timeLimit(.minutes(1))) struct OrderedPipelineTests {
  private struct Failure: Error, Equatable { let number: Int }

  /// Numbers from 0, counted as they are taken. Sendable: everything is behind a lock.
  private final class Numbers: Sendable {
    private let taken = Mutex(0)
    private let count: Int
    private let failsAtEnd: Bool

    init(count: Int, failsAtEnd: Bool = false) {
      self.count = count
      self.failsAtEnd = failsAtEnd
    }

    var takenCount: Int { taken.withLock { $0 } }

    func next() throws -> Int? {
      try taken.withLock { taken in
        guard taken < count else {
          if failsAtEnd { throw Failure(number: count) }
          return nil
        }
        defer { taken += 1 }
        return taken
      }
    }
  }

  /// Squares numbers, some of them slowly, so that later ones are done earlier.
  private func pipeline(_ numbers: Numbers, workers: Int, window: Int, seed: UInt64 = 1) -> OrderedPipeline<Int, Int> {
    OrderedPipeline(
      workers: workers, window: window, next: { try numbers.next() }, makeWorker: { SeededGenerator(seed: seed) },
      transform: { random, number in
        var waste: UInt64 = 0
        for _ in 0..<(random.oneIn(5) ? 20_000 : 10) { waste ^= random.next() }
        return waste == 1 ? -1 : number * number
      })
  }

  @Test("Results come in the order of the inputs, each once", arguments: 1...4, [1, 2, 7])
  func order(workers: Int, window: Int) throws {
    let numbers = Numbers(count: 500)
    let pipeline = pipeline(numbers, workers: workers, window: window)
    defer { pipeline.stop() }
    var results: [Int] = []
    while let result = try pipeline.nextOutput() {
      results.append(result)
      #expect(numbers.takenCount <= results.count + window)
    }
    #expect(results == (0..<500).map { $0 * $0 })
    #expect(try pipeline.nextOutput() == nil)
  }

  @Test("A failing input is reported behind the results of all inputs before it", arguments: [0, 1, 5, 100])
  func failure(count: Int) throws {
    let pipeline = pipeline(Numbers(count: count, failsAtEnd: true), workers: 3, window: 5)
    defer { pipeline.stop() }
    for number in 0..<count { #expect(try pipeline.nextOutput() == number * number) }
    #expect(throws: Failure(number: count)) { try pipeline.nextOutput() }
    #expect(try pipeline.nextOutput() == nil)
  }

  @Test("Stopped before the end, it takes no further input", arguments: [0, 3])
  func stopping(consumed: Int) throws {
    let numbers = Numbers(count: 1_000_000)
    let pipeline = pipeline(numbers, workers: 2, window: 4)
    for _ in 0..<consumed { _ = try pipeline.nextOutput() }
    pipeline.stop()
    let taken = numbers.takenCount
    #expect(taken <= consumed + 4)
    pipeline.stop()
    #expect(numbers.takenCount == taken)
  }

  @Test("Without a worker asked for, there is one")
  func noWorkers() throws {
    let pipeline = pipeline(Numbers(count: 3), workers: 0, window: 0)
    defer { pipeline.stop() }
    #expect(try pipeline.nextOutput() == 0)
  }
}

import Testing
import Threads

@Suite(.timeLimit(.minutes(1)))
struct ConcurrentResultsTests {
  @Test("Two pieces of work give both results, each once")
  func results() {
    for number in 0..<200 {
      let (first, second) = concurrentResults({ (0...number).reduce(0, +) }, { "\(number)" })
      #expect(first == number * (number + 1) / 2 && second == "\(number)")
    }
  }
}

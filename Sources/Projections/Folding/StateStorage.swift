/// States that stay where they are, numbered from 0 in the order of adding.
///
/// They are lent to closures as `inout`, also for reading: a state read from an array would be copied, and with it the
/// references to all that it holds counted up and down, which takes longer than what is done with it. Memory comes in
/// chunks, so that adding never moves a state. Not for use from two threads.
final class StateStorage<State> {
  private static var chunkBits: Int { 9 }
  private static var chunkCount: Int { 1 << chunkBits }

  private var chunks: [UnsafeMutablePointer<State>] = []
  private(set) var count = 0

  deinit { removeAll() }

  func append(_ state: consuming State) {
    if count == chunks.count << Self.chunkBits { chunks.append(.allocate(capacity: Self.chunkCount)) }
    (chunks[count >> Self.chunkBits] + (count & (Self.chunkCount - 1))).initialize(to: state)
    count += 1
  }

  /// Lends the state with a number, which must be there.
  func withState<Result>(_ index: Int, _ body: (inout State) throws -> Result) rethrows -> Result {
    precondition(index < count, "a state is asked for that was never added")
    return try body(&chunks[index >> Self.chunkBits][index & (Self.chunkCount - 1)])
  }

  /// Lends the state with a number for reading alone. Nothing is copied as long as it is only handed on as `borrowing`.
  func borrowState<Result>(_ index: Int, _ body: (borrowing State) throws -> Result) rethrows -> Result {
    precondition(index < count, "a state is asked for that was never added")
    return try body(chunks[index >> Self.chunkBits][index & (Self.chunkCount - 1)])
  }

  /// Takes all states out, in the order of their numbers; none is copied.
  func drain(_ body: (_ index: Int, consuming State) -> Void) {
    for index in 0..<count { body(index, (chunks[index >> Self.chunkBits] + (index & (Self.chunkCount - 1))).move()) }
    for chunk in chunks { chunk.deallocate() }
    chunks = []
    count = 0
  }

  func removeAll() {
    for (number, chunk) in chunks.enumerated() {
      chunk.deinitialize(count: min(Self.chunkCount, count - number << Self.chunkBits))
      chunk.deallocate()
    }
    chunks = []
    count = 0
  }
}

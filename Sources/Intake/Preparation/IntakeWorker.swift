import Events
import Mappings

/// What one thread of an ingest does: pieces of input become canonical documents. Nothing here is shared.
struct IntakeWorker {
  private var preparer: EventPreparer
  private let input: String
  /// For bodies; made anew where a mapping was loaded again.
  private var run: MappingRun?

  init(_ rules: IntakeRules, input: String) {
    preparer = EventPreparer(rules)
    self.input = input
  }

  mutating func prepare(_ piece: InputPiece) -> PreparedChunk {
    switch piece {
    case .lines(let chunk): return preparer.prepare(chunk, input: input)
    case .followed(let piece, let point):
      let prepared = piece.map { prepare($0) } ?? PreparedChunk(file: "", input: input)
      prepared.isPause = piece == nil
      prepared.resume = point
      return prepared
    case .mapped(let chunk):
      let prepared = preparer.prepare(file: chunk.file, input: input, received: preparer.rules.now()) { take in
        for body in chunk.bodies { take(body) }
      }
      prepared.bytesTaken = chunk.bytesTaken
      return prepared
    case .bodies(let chunk):
      let received = preparer.rules.now()
      let run = run(chunk.mapping, chunk.file, received)
      let prepared = preparer.prepare(file: chunk.file, input: input, received: received) { take in
        chunk.forEachBody { text, count, origin in run.take(json: text, count: count, origin, take) }
      }
      prepared.bytesTaken = chunk.bytesTaken
      return prepared
    }
  }

  private mutating func run(_ mapping: Mapping, _ file: String, _ received: Instant) -> MappingRun {
    if let run, run.mapping.isSame(as: mapping) {
      run.move(to: file, received: received)
      return run
    }
    let run = MappingRun(mapping, file: file, received: received, hash: hexadecimalDigest)
    self.run = run
    return run
  }
}

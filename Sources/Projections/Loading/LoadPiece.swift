import Hashing
import KeyValueStore
import ReadModels
import Threads

/// A part of a load that can be made apart from all others: some rows of one table, what the
/// grouping of people wants to know of them, and what they contribute to tallies.
struct LoadedRows {
  var batch: RowBatch
  /// Whether the rows are ascending, and lie behind those of all former pieces. Others are sorted when the table is whole.
  var isSorted = true
  var facts = LoadFacts.none
  var tallies = Tallies()
  /// How many of them are people of each stage.
  var stages = [Int](repeating: 0, count: Person.Stage.allCases.count)

  /// Adds the row of a person, and what the person contributes.
  mutating func add(_ person: Person, _ key: Hash128) {
    stages[Int(person.stage.rawValue)] += 1
    tallies.add(person)
    batch.add(RowKey(key)) { person.encode(to: &$0) }
  }
}

/// Gives the work of one piece after the other, and nil behind the last. Called by one thread at a time.
typealias PieceSource = () throws -> (() throws -> LoadedRows)?

/// What the grouping of people wants to know of states.
enum LoadFacts {
  case none
  case identifiers([PeopleLoad.Facts])
  case links([(key: LinkKey, firstSeen: Int64)])
  case decisions([(key: LinkKey, bearing: Bearing)])
  case entities([PeopleLoad.Entity])
}

/// Makes pieces on several threads and hands them over in the order of their tables and keys.
struct LoadPieces {
  typealias Work = () throws -> LoadedRows
  /// How many pieces are under way, which bounds the memory that they take.
  private static var underWayMax: Int { 8 }

  private let workers: Int
  private let sources: [PieceSource]

  /// `sources`: one after the other.
  init(workers: Int, _ sources: [PieceSource]) {
    self.workers = workers
    self.sources = sources
  }

  /// Calls `body` with every piece, on the calling thread.
  func forEach(_ body: (LoadedRows) throws -> Void) throws {
    var rest = sources[...]
    let pipeline = OrderedPipeline<Work, Result<LoadedRows, any Error>>(
      workers: workers, window: Self.underWayMax, next: { try Self.next(&rest) }, makeWorker: {},
      transform: { _, work in Result { try work() } })
    defer { pipeline.stop() }
    while let piece = try pipeline.nextOutput() { try body(try piece.get()) }
  }

  private static func next(_ sources: inout ArraySlice<PieceSource>) throws -> Work? {
    while let source = sources.first {
      if let work = try source() { return work }
      sources.removeFirst()
    }
    return nil
  }
}

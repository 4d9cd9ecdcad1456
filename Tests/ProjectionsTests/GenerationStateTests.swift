import GeneratedEvents
import Glibc
import KeyValueStore
import Projections
import Testing

@Suite("What a generation is among the others")
struct GenerationStateTests {
  private let store: TestStore
  private var generations: GenerationStore { store.generations }

  init() throws {
    var generator = EventGenerator(seed: 12)
    store = try TestStore(generator.events(50))
  }

  /// A finished generation with all events.
  @discardableResult
  private func build(promoting: Bool = true, keeping: Int = 1) throws -> Int {
    let generation = try generations.createNext()
    defer { generation.close() }
    try store.catchUp(generation)
    try generations.finish(generation)
    if promoting { try generations.promote(generation.number, keeping: keeping) }
    return generation.number
  }

  private func states() throws -> [Int: GenerationState] {
    Dictionary(uniqueKeysWithValues: try generations.states().map { ($0.number, $0.state) })
  }

  /// What a process leaves that was killed while it built.
  private func leaveUnfinished() throws -> Int {
    let generation = try generations.createNext()
    generation.close()
    return generation.number
  }

  @Test("follows from the pointer, from who builds it, and from a mark that says it is finished")
  func marks() throws {
    try store.project().close()
    #expect(try states() == [1: .live])
    let second = try generations.createNext()
    #expect(try states() == [1: .live, 2: .building])
    try store.catchUp(second)
    #expect(try states()[2] == .building)
    second.close()
    #expect(try states()[2] == .unfinished, "it has all rows, and nobody has said that it is finished")
    #expect(try build(promoting: false) == 3)
    #expect(try states() == [1: .live, 2: .unfinished, 3: .ready])
    try generations.promote(3)
    #expect(try states() == [1: .former, 3: .live])
  }

  @Test("A promotion keeps as many former generations as it is told, the last to have been live first")
  func keeping() throws {
    for _ in 0..<4 { try build(keeping: 2) }
    #expect(try generations.formerNumbers() == [3, 2])
    #expect(try generations.numbers() == [2, 3, 4])
    try generations.promote(2, keeping: 2)
    #expect(try generations.formerNumbers() == [4, 3] && generations.liveNumber() == 2)
    try generations.promote(4, keeping: 1)
    #expect(try generations.formerNumbers() == [2])
    #expect(try generations.numbers() == [2, 4])
    try build(keeping: 0)
    #expect(try generations.numbers() == [5])
    #expect(try generations.formerNumbers().isEmpty)
  }

  @Test("A promotion removes what nobody will need: unfinished ones, and ready ones that are older")
  func promotionCleans() throws {
    try build()
    let (left, ready) = (try leaveUnfinished(), try build(promoting: false))
    let later = try build(promoting: false)
    let underWay = try generations.createNext()
    defer { underWay.close() }
    try generations.promote(later)
    #expect(try states() == [1: .former, later: .live, underWay.number: .building])
    #expect(try ![left, ready].contains(where: generations.numbers().contains))
  }

  @Test("What a killed process left is removed before the first generation is made, too")
  func leftBeforeTheFirst() throws {
    let left = try leaveUnfinished()
    try store.project().close()
    #expect(try states() == [1: .live])
    #expect(left == 1)
  }

  @Test("A dropped generation is gone with its files, and is no former one any more")
  func dropping() throws {
    for _ in 0..<3 { try build(keeping: 2) }
    let bytes = try #require(generations.fileBytes(of: 2))
    #expect(bytes > 0)
    try generations.drop(2)
    #expect(generations.fileBytes(of: 2) == nil)
    #expect(access(generations.path(2) + "-lock", F_OK) != 0)
    #expect(try generations.formerNumbers() == [1])
    let underWay = try generations.createNext()
    defer { underWay.close() }
    for (number, text) in [
      (3, "generation 3 is the live one and cannot be dropped"),
      (underWay.number, "generation 4 is being built and cannot be dropped"),
      (9, "there is no generation 9; there are 1, 3, 4"),
    ] {
      let error = #expect(throws: ProjectionError.self) { try generations.drop(number) }
      #expect(error?.description == text)
    }
  }

  @Test("A pointer of one line, as earlier programs wrote it, is read: what is older than the live one was live")
  func oneLine() throws {
    for _ in 0..<3 { try build(keeping: 2) }
    let path = store.directory.path + "/profiles/current"
    #expect(try String(contentsOfFile: path) == "3\n2 1\n")
    let file = try #require(fopen(path, "w"))
    fputs("2\n", file)
    fclose(file)
    #expect(try states() == [1: .former, 2: .live, 3: .ready])
    try generations.promote(3, keeping: 0)
    #expect(try String(contentsOfFile: path) == "3\n\n")
    #expect(try generations.formerNumbers().isEmpty)
  }

  @Test("The number of a generation is never that of another one that the pointer knows")
  func numbers() throws {
    for _ in 0..<2 { try build() }
    unlink(generations.path(1))
    unlink(generations.path(2))
    let next = try generations.createNext()
    defer { next.close() }
    #expect(next.number == 3)
  }

  @Test("One process at a time rebuilds, and the others are told which")
  func rebuildLock() throws {
    var lock: RebuildLock? = try generations.lockRebuild()
    let error = #expect(throws: ProjectionError.self) { try generations.lockRebuild() }
    #expect(error?.description == "another rebuild is running (process \(getpid()))")
    withExtendedLifetime(lock) {}
    lock = nil
    _ = try generations.lockRebuild()
  }
}

extension String {
  fileprivate init(contentsOfFile path: String) throws {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    self = String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}

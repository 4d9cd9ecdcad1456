import EventLog
import Glibc
import Platform
import Projections
import Testing

@Suite struct RebuildingTests {
  private let events = (0..<40).map { event("\($0)", ids: #"{"email":"p\#($0 % 9)@example.com"}"#) }

  @Test("A rebuild says how far it is, exactly, in each of its phases")
  func progress() throws {
    let platform = try Shop().open(events)
    var heard: [RebuildProgress] = []
    _ = try platform.rebuild { heard.append($0) }
    #expect(heard.allSatisfy { $0.last == 40 && $0.position <= 40 })
    let reading = try #require(heard.last { $0.phase == .reading })
    #expect(reading.done > 0 && reading.done <= 40 && reading.total == 40)
    #expect(heard.filter { $0.phase == .catchingUp || $0.phase == .verifying }.allSatisfy { $0.position == 40 })
    let verifying = try #require(heard.last { $0.phase == .verifying })
    #expect(verifying.done > 0 && verifying.done <= verifying.total ?? 0)
    #expect(heard.map(\.phase) == heard.map(\.phase).sorted { Self.order($0) < Self.order($1) })
  }

  private static func order(_ phase: RebuildProgress.Phase) -> Int {
    switch phase {
    case .reading: 0
    case .writing: 1
    case .catchingUp: 2
    case .verifying: 3
    }
  }

  @Test("A rebuild of what is made of stored states gives what a rebuild from the log gives", arguments: [0, 7])
  func fromStates(later: Int) throws {
    let shop = try Shop()
    let platform = try shop.open(events)
    try platform.take((0..<later).map { event("later-\($0)") }, from: shop.parent)
    var wish = RebuildWish()
    wish.names = [.products, .campaigns]
    var phases: Set<RebuildProgress.Phase> = []
    let rebuilt = try platform.rebuild(wish) { phases.insert($0.phase) }
    #expect(phases.contains(.reading) == (later > 0), "only what arrived since is read")
    #expect(rebuilt.generation == 2 && rebuilt.promoted && rebuilt.events == 40 + later)
    #expect(try platform.rebuild().digest == rebuilt.digest)
  }

  @Test("While one process rebuilds another one is refused, and nothing is left behind")
  func twice() throws {
    let platform = try Shop().open(events)
    let lock = try platform.generations.lockRebuild()
    let error = #expect(throws: ProjectionError.self) { try platform.rebuild() }
    #expect(error?.description == "another rebuild is running (process \(getpid()))")
    let again = #expect(throws: ProjectionError.self) { try platform.rebuild() }
    #expect(again?.description == error?.description, "who was refused leaves the number of who rebuilds")
    #expect(try platform.generations.numbers() == [1])
    withExtendedLifetime(lock) {}
  }

  @Test("A rebuild keeps as many former generations as the configuration says")
  func keeping() throws {
    let shop = try Shop(configuration: "projections: {keep: 2}\n")
    let platform = try shop.open(events)
    for _ in 0..<4 { _ = try platform.rebuild() }
    #expect(try platform.generations.numbers() == [3, 4, 5])
    #expect(try platform.generations.formerNumbers() == [4, 3])
    let none = try Shop(configuration: "projections: {keep: 0}\n").open(events)
    _ = try none.rebuild()
    #expect(try none.generations.numbers() == [2])
  }

  @Test("Little memory makes the same read models")
  func littleMemory() throws {
    let shop = try Shop(configuration: "projections: {memory: 16 MiB}\n")
    let many = (0..<9_000).map {
      event("\($0)", ids: #"{"email":"p\#($0)@example.com","phone":"+8490\#(1_000_000 + $0)"}"#)
    }
    let platform = try shop.open(many)
    let digest = try platform.status().projection?.checkpoint.digest
    #expect(try platform.rebuild().digest == digest)
    let other = try Shop().open(many)
    #expect(try other.status().projection?.checkpoint.digest == digest)
  }

  @Test("A rebuild from the log removes what a killed one left")
  func afterKilled() throws {
    let platform = try Shop().open(events)
    try platform.generations.createNext().close()
    #expect(try platform.status().unfinished == [2])
    #expect(try platform.rebuild().generation == 2)
    let status = try platform.status()
    #expect(status.unfinished.isEmpty && status.building.isEmpty)
  }
}

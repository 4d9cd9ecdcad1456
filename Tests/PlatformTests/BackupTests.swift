import EventLog
import Glibc
import Intake
import Platform
import Projections
import Schemas
import Testing
import Upcasting

@Suite struct BackupTests {
  private static let schema = #"{"$id":"urn:hoso:schema:shop.visited:1","type":"object"}"#

  /// A shop with events, a quarantine, a configuration and a type of its own.
  private func filled() throws -> (Shop, Platform) {
    let shop = try Shop(configuration: "# of this shop\nregion: US\n")
    _ = try ShopSchemas(shop.directory).add(try shop.parent.write(Self.schema, to: "s.json"), to: .builtIn)
    let events = (0..<1_100).map { event("\($0)", ids: #"{"anonymous_id":"d-\#($0 % 7)"}"#) }
    return (shop, try shop.open(events + [event("v", "shop.visited"), "{"]))
  }

  @Test("A backup holds the log, the quarantine, the configuration and the types, and can be worked with")
  func roundTrip() throws {
    let (shop, platform) = try filled()
    let target = DataDirectory(path: shop.parent.path + "/backups/1")
    let result = try platform.backUp(to: target).verification
    #expect(result.events == 1_101)
    #expect(result.digest == (try platform.log.digest()))
    do {
      let copy = try Platform(target, .writing)
      #expect(try copy.documents() == platform.documents())
      #expect(try copy.log.digest() == platform.log.digest())
      #expect(try copy.log.info().rejects == 1)
      #expect(try copy.schemas.get().text(type: "shop.visited", version: 1) == Self.schema)
      #expect(try TextFile.read(target.configurationFile) == "# of this shop\nregion: US\n")
      try copy.project()
      #expect(try copy.status().projection?.checkpoint.digest == platform.status().projection?.checkpoint.digest)
      #expect(try copy.take([event("1_101")], from: shop.parent).accepted == 1)
    }
    // A restore is a backup of the backup.
    let restored = DataDirectory(path: shop.parent.path + "/restored")
    #expect(try Platform(target, .reading).copyWhole(to: restored).events == 1_102)
    #expect(access(target.path + "/log.incomplete", F_OK) != 0)
    #expect(access(target.path + "/log.incomplete-lock", F_OK) != 0)
  }

  @Test("A backup holds the shop's upcasters, and reads old events by them")
  func upcasters() throws {
    // Nobody has the log open while the directory is opened anew.
    let shop = try filled().0
    let event =
      #"{"id":"v","type":"shop.visited","time":"2026-01-01T00:00:00Z","source":"s","channel":"web","data":{"a":1}}"#
    let newest = event.replacing(#""time""#, with: #""version":2,"time""#).replacing(#"{"a":1}"#, with: "{}")
    let schema = try shop.parent.write(Self.schema.replacing("visited:1", with: "visited:2"), to: "2.json")
    _ = try shop.parent.write(
      #"{"from":1,"to":2,"description":"d","steps":[{"drop":{"at":"/a"}}]}"#, to: "2.upcast.json")
    _ = try shop.parent.write(#"{"before":\#(event),"after":[\#(newest)]}"#, to: "2.upcast.ndjson")
    _ = try ShopSchemas(shop.directory).add(schema, to: try ShopSchemas(shop.directory).catalogue())
    let target = DataDirectory(path: shop.parent.path + "/backup")
    #expect(try Platform(shop.directory, .reading).backUp(to: target).verification.events == 1_101)
    let (catalogue, copied) = (try ShopSchemas(target).catalogue(), ShopSchemas(target))
    #expect(try copied.upcasters(catalogue).chain(type: "shop.visited", from: 1) == [2])
    let documents = try Platform(shop.directory, .reading).documents()
    #expect(try Platform(target, .reading).documents() == documents)
  }

  @Test("A directory that has a log is no target, and stays as it is")
  func existingLog() throws {
    let (shop, platform) = try filled()
    let other = try Shop()
    do { _ = try other.open([event("only")]) }
    let error = #expect(throws: DirectoryError.self) { try platform.backUp(to: other.directory) }
    #expect(
      error?.description
        == "\(other.directory.path) has a log that this one does not continue; choose another directory")
    #expect(throws: DirectoryError.self) { try platform.backUp(to: shop.directory) }
    #expect(try Platform(other.directory, .reading).documents() == [event("only")])
  }

  @Test("A backup made again gets what is new, and is the log it was made of, quarantine and small files included")
  func again() throws {
    let (shop, platform) = try filled()
    let target = DataDirectory(path: shop.parent.path + "/backup")
    #expect(try platform.backUp(to: target).before == 0)
    for round in 0..<3 {
      let events = (0..<700).map { event("\(round)-\($0)") }
      #expect(try platform.take(events + ["{\(round)"], from: shop.parent).accepted == 700)
      if round == 1 { #expect(try Ingest(rules: platform.intakeRules()).drop([1, 2], from: platform.log) == 2) }
      try TextFile.replace(shop.directory.configurationFile, by: "# round \(round)\nregion: US\n")
      let result = try platform.backUp(to: target)
      #expect(result.before == UInt64(1_101 + 700 * round))
      #expect(result.verification.digest == (try platform.log.digest()))
      #expect(try TextFile.read(target.configurationFile) == "# round \(round)\nregion: US\n")
      let copy = try Platform(target, .reading)
      #expect(try copy.documents() == platform.documents())
      #expect(try rejects(copy) == rejects(platform))
    }
    #expect(try platform.backUp(to: target).before == 3_201, "and once more when nothing is new")
  }

  private func rejects(_ platform: Platform) throws -> [String] {
    var rejects: [String] = []
    try platform.log.forEachReject { number, reject in
      rejects.append("\(number) \(reject)")
      return true
    }
    return rejects
  }

  @Test(
    "A directory whose log this one does not continue is no target, be it longer or other", arguments: [1_099, 1_102])
  func otherLog(kept: Int) throws {
    let (shop, platform) = try filled()
    let other = try Shop()
    do {
      let events = try platform.documents().prefix(kept)
      _ = try other.open(Array(events.dropLast()) + [event("other")] + (kept > 1_101 ? [event("more")] : []))
    }
    let error = #expect(throws: DirectoryError.self) { try platform.backUp(to: other.directory) }
    #expect(error?.description.contains("does not continue") == true)
    _ = shop
  }

  @Test("A backup that was interrupted can be begun again")
  func interrupted() throws {
    let (shop, platform) = try filled()
    let target = DataDirectory(path: shop.parent.path + "/backup")
    try target.create()
    // What is there when the last step, the rename of the log, was not reached.
    try TextFile.write("half a log", to: target.path + "/log.incomplete")
    try TextFile.write("# of this shop\nregion: US\n", to: target.configurationFile)
    #expect(try platform.backUp(to: target).verification.events == 1_101)
    #expect(try Platform(target, .reading).log.info().last == 1_101)
  }

  @Test("Another configuration in the target stops the backup before anything is copied")
  func otherConfiguration() throws {
    let (shop, platform) = try filled()
    let target = DataDirectory(path: shop.parent.path + "/backup")
    try target.create()
    try TextFile.write("region: FR\n", to: target.configurationFile)
    let error = #expect(throws: DirectoryError.self) { try platform.backUp(to: target) }
    #expect(error?.description == "\(target.configurationFile) is there already; it was left as it is")
    #expect(try TextFile.read(target.configurationFile) == "region: FR\n")
    #expect(access(target.path + "/log.incomplete", F_OK) != 0)
    #expect(access(target.schemas, F_OK) != 0)
  }
}

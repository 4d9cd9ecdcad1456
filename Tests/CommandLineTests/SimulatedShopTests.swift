import Foundation
import Testing

@Suite("A simulated shop and its truth")
struct SimulatedShopTests {
  private struct Key: Hashable {
    let source, id: String
  }

  @Test("The file of truth names the person of every event, once")
  func truth() throws {
    let shop = try Shop()
    let events = try shop.hoso("simulate", "--customers", "300", "--days", "30", "--truth", "truth.csv")
    #expect(events.status == 0)
    var keys: Set<Key> = []
    for line in events.lines {
      let event = try Answer(parsing: line)
      keys.insert(Key(source: try #require(event["source"].text), id: try #require(event["id"].text)))
    }
    let rows = try shop.hoso("simulate", "--customers", "300", "--days", "30", "--truth", "/dev/stderr").errors.split(
      separator: "\n")
    #expect(rows.first == "source,id,person")
    let truth = rows.dropFirst().map { $0.split(separator: ",").map(String.init) }
    #expect(truth.allSatisfy { $0.count == 3 && Int($0[2]) != nil })
    #expect(truth.count == keys.count && Set(truth.map { Key(source: $0[0], id: $0[1]) }) == keys)
    let file = try String(contentsOf: shop.folder.appendingPathComponent("truth.csv"), encoding: .utf8)
    #expect(file == rows.map { $0 + "\n" }.joined())
  }

  @Test("Equal options give equal events, another seed gives others")
  func determinism() throws {
    let shop = try Shop()
    let first = try shop.hoso("simulate", "--customers", "50").output
    #expect(try shop.hoso("simulate", "--customers", "50").output == first)
    #expect(try shop.hoso("simulate", "--customers", "50", "--seed", "2").output != first)
  }

  @Test("An export of identities has each identifier of the log once, with a person who can be shown")
  func identities() throws {
    let shop = try Shop()
    #expect(try [0, 3].contains(shop.shell(#""$hoso" simulate --customers 300 --days 30 | "$hoso" ingest -"#).status))
    let rows = try shop.hoso("identity", "export", "--format", "csv").lines
    #expect(rows.first == "type,value,person")
    let owners = rows.dropFirst().map { $0.split(separator: ",").map(String.init) }
    let exported = Set(owners.map { $0[0] + ":" + $0[1] })
    var logged: Set<String> = []
    for line in try shop.hoso("log", "export").lines {
      let ids = try Answer(parsing: line)["ids"]
      for type in ids.keys { logged.insert(type + ":" + (try #require(ids[type].text))) }
    }
    #expect(exported == logged && owners.count == exported.count)
    #expect(try shop.count("profile") == Set(owners.map { $0[2] }).count)
    for owner in owners.prefix(5) {
      #expect(try shop.json("profile", "show", "\(owner[0]):\(owner[1])")["person"].text == owner[2])
    }
  }

  @Test(
    "Options out of range are wrong words",
    arguments: [
      ["--customers", "0"], ["--customers=-3"], ["--days", "0"], ["--start", "soon"], ["--junk", "2"],
      ["--scenario", "tea"],
      ["--scenario", "coffee", "--days", "3"],
    ])
  func wrongOptions(options: [String]) throws {
    let outcome = try Shop().hoso(["simulate"] + options)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty && outcome.errors.contains(options[0].drop { $0 == "-" }.prefix { $0 != "=" }))
  }
}

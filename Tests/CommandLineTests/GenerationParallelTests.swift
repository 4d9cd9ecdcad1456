import Foundation
import Testing

@Suite("Rebuilds beside other programs")
struct GenerationParallelTests {
  private func shopWithCoffee(_ count: Int = .max) throws -> Shop {
    let shop = try Shop()
    _ = try shop.hoso(["ingest", "-"], input: Data(try Coffee.lines(count).joinedLines.utf8)).successful
    return shop
  }

  /// Lines of shell that start a rebuild and stop it in the midst of reading the log.
  private let beginAndStop = """
    "$hoso" rebuild > rebuilt 2>&1 & pid=$!
    until grep -q . "$HOSO_DATA/projections/rebuild.lock" 2> /dev/null; do :; done
    until "$hoso" projection list 2> /dev/null | grep -q building; do :; done
    kill -STOP $pid

    """

  @Test("A second rebuild is refused at once and told who is at it; the first one goes on")
  func twoRebuilds() throws {
    let shop = try shopWithCoffee()
    let before = try shop.projectionDigest()
    let outcome = try shop.shell(
      beginAndStop + """
        "$hoso" rebuild 2> refused; echo $?
        sed "s/$pid/PID/" refused
        "$hoso" projection drop 2 2>&1
        "$hoso" projection promote 2 2>&1
        "$hoso" status | grep -c "generation 2 is being built"
        kill -CONT $pid; wait $pid; echo $?
        """)
    #expect(
      outcome.text == """
        1
        hoso: another rebuild is running (process PID)
        hoso: generation 2 is being built and cannot be dropped
        hoso: generation 2 is being built and cannot be promoted yet
        1
        0

        """, "\(outcome.errors)")
    #expect(try shop.projectionDigest() == before)
    #expect(try shop.json("status")["projections"][0]["generation"].count == 2)
  }

  @Test("Two rebuilds that are started together: one builds, the other is refused, or builds after it")
  func race() throws {
    let shop = try shopWithCoffee(4_000)
    let each = #"("$hoso" rebuild > /dev/null 2>> errors; echo $? >> codes) & "#
    let outcome = try shop.shell(each + each + each + #"wait; sort codes | uniq | tr -d '\n'; cat errors >&2"#)
    #expect(["0", "01"].contains(outcome.text))
    #expect(outcome.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("hoso: another rebuild is running") })
    #expect(try shop.json("status")["unfinished"].list.isEmpty)
    #expect(try Set(shop.json("projection", "list").list.map { $0["state"].text }) == ["live", "former"])
  }

  @Test("Questions are answered and events are taken while rebuilds run, and nothing is missing in the end")
  func meanwhile() throws {
    let lines = try Coffee.lines(.max)
    let shop = try shopWithCoffee(6_000)
    for part in 0..<8 {
      try shop.file("\(part)", lines[(6_000 + part * 1_000)..<(7_000 + part * 1_000)].map { $0 }.joinedLines)
    }
    let outcome = try shop.shell(
      #"""
      (for i in 1 2 3; do "$hoso" rebuild > /dev/null || echo "rebuild failed"; done; touch done) &
      (while [ ! -e done ]; do "$hoso" profile list --limit 5 > /dev/null || echo "question failed"; done) &
      for i in 0 1 2 3 4 5 6 7; do "$hoso" ingest $i --format json > /dev/null || echo "ingest failed"; done
      wait
      """#)
    #expect(outcome.text.isEmpty, "\(outcome.text)\(outcome.errors)")
    let status = try shop.json("status")
    #expect(status["events"].count == 14_000)
    #expect(status["projections"].list.allSatisfy { $0["lag"].count == 0 })
    let fresh = try shopWithCoffee(14_000)
    #expect(try shop.projectionDigest() == fresh.projectionDigest())
    #expect(try shop.hoso("projection", "digest", "--verify").status == 0)
  }

  @Test("Events are taken into the live read models while a rebuild is at it, and the new ones have them too")
  func ingestMeanwhile() throws {
    let shop = try shopWithCoffee(12_000)
    try shop.file("later", SampleEvent.page("later", ids: #"{"email":"later@example.vn"}"#))
    let outcome = try shop.shell(
      beginAndStop + """
        "$hoso" ingest later > /dev/null; echo $?
        "$hoso" profile show later@example.vn > /dev/null; echo $?
        kill -CONT $pid; wait $pid; echo $?
        "$hoso" profile show later@example.vn > /dev/null; echo $?
        """)
    #expect(outcome.text == "0\n0\n0\n0\n", "\(outcome.errors)")
    let projection = try shop.json("status")["projections"][0]
    #expect(projection["generation"].count == 2 && projection["lag"].count == 0)
    #expect(try shop.hoso("projection", "digest", "--verify").status == 0)
  }

  @Test(
    "A rebuild that is killed at any moment leaves the live read models, and the next one works", arguments: [1, 2])
  func killed(seed: UInt64) throws {
    let shop = try shopWithCoffee(8_000)
    let digest = try shop.projectionDigest()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<6 {
      let milliseconds = Int.random(in: 1...180, using: &random)
      let outcome = try shop.shell(
        #""$hoso" rebuild > /dev/null 2>&1 & sleep 0.\#(String(1_000 + milliseconds).dropFirst()); kill -9 $! 2> /dev/null; wait $!; "$hoso" project"#
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try shop.projectionDigest() == digest, "after \(milliseconds) ms")
      #expect(try shop.json("profile", "list", "--limit", "3").list.count == 3)
    }
    _ = try shop.hoso("rebuild").successful
    #expect(try shop.projectionDigest() == digest)
    let status = try shop.json("status")
    #expect(status["unfinished"].list.isEmpty && status["building"].list.isEmpty)
    #expect(try Set(shop.json("projection", "list").list.map { $0["generation"].count }).count <= 2)
  }

  @Test("What a killed rebuild left is named by status with the command that removes it")
  func unfinished() throws {
    let shop = try shopWithCoffee()
    let outcome = try shop.shell(
      beginAndStop + #"kill -9 $pid; wait $pid 2> /dev/null; "$hoso" status | grep Unfinished"#)
    #expect(
      outcome.text
        == "Unfinished   generation 2 was left by a process that ended; the next 'hoso rebuild' removes it\n",
      "\(outcome.errors)")
    #expect(try shop.json("status")["unfinished"].list.map(\.count) == [2])
    #expect(try shop.hoso("projection", "promote", "2").errors.contains("generation 2 was never finished"))
    _ = try shop.hoso("rebuild").successful
    #expect(try shop.json("status")["unfinished"].list.isEmpty)
  }
}

import Foundation
import Testing

@Suite("Two programs at once")
struct ParallelTests {
  @Test("Two ingests of different files at once both succeed, and no position is missing")
  func twoIngests() throws {
    let shop = try Shop()
    let lines = try Coffee.lines(8_000)
    for part in 0..<2 {
      try shop.file("\(part)", lines.enumerated().filter { $0.offset % 2 == part }.map(\.element).joinedLines)
    }
    let outcome = try shop.shell(
      #""$hoso" ingest 0 --format json > 0.json & first=$!; "$hoso" ingest 1 --format json > 1.json; b=$?; wait $first; echo $? $b"#
    )
    #expect(outcome.text == "0 0\n", "\(outcome.errors)")
    let summaries = try (0..<2).map {
      try Answer(parsing: Data(contentsOf: shop.folder.appendingPathComponent("\($0).json")))
    }
    #expect(summaries.compactMap { $0["accepted"].count } == [4_000, 4_000])
    #expect(try shop.json("log", "verify")["ok"].flag == true)
    let positions = try shop.hoso("log", "read").lines.map { try Answer(parsing: $0)["position"].count }
    #expect(positions == Array(1...8_000))
    let other = try Shop()
    try other.hoso("ingest", "-", input: lines.joinedLines)
    #expect(try shop.json("status")["projections"][0]["lag"].count == 0)
    #expect(try shop.projectionDigest() == other.projectionDigest())
  }

  @Test("The same file taken by four programs at once is in the log once")
  func sameFile() throws {
    let shop = try Shop()
    try shop.file("in", try Coffee.lines(2_000).joinedLines)
    let each = #"("$hoso" ingest in --format json; echo $? >> codes) & "#
    let outcome = try shop.shell(String(repeating: each, count: 4) + "wait; cat codes >&2")
    #expect(outcome.errors == "0\n0\n0\n0\n")
    let accepted = try outcome.lines.map { try Answer(parsing: $0)["accepted"].count ?? 0 }
    #expect(accepted.sorted() == [0, 0, 0, 2_000])
    #expect(try shop.json("status")["events"].count == 2_000)
    #expect(try shop.isSound())
  }

  @Test("Four programs that find other identity rules at once group people by them once")
  func changedRules() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: try Coffee.lines(6_000).joinedLines)
    try shop.file(
      "data/hoso.yaml",
      "identity:\n  types: [customer_id, email, phone, loyalty_id, marketplace_id, social_id, {name: anonymous_id, links_max: 1}]\n"
    )
    let each = #"("$hoso" project; echo $? >> codes) 2>> notes & "#
    let outcome = try shop.shell(
      String(repeating: each, count: 4) + #"wait; cat codes; grep -c "rules have changed" notes"#)
    #expect(outcome.text == "0\n0\n0\n0\n1\n")
    let digest = try shop.projectionDigest()
    try shop.hoso("rebuild")
    #expect(try shop.projectionDigest() == digest)
  }

  @Test("Questions are answered while an ingest writes")
  func questionsMeanwhile() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
    try shop.file("in", try Coffee.lines(8_000).joinedLines)
    let outcome = try shop.shell(
      #""$hoso" ingest in >&2 & for i in 1 2 3 4 5; do "$hoso" profile show an@example.vn > page || exit 9; done; wait"#
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try shop.json("status")["events"].count == 8_001)
  }

  @Test("A program that is killed while it writes leaves a sound log, and the same command adds the rest")
  func killed() throws {
    let (shop, whole) = (try Shop(), try Coffee.shop.get())
    try shop.file("in", try Coffee.events.get())
    // The pipe holds the rest back, so the program is killed before it has seen the end.
    let outcome = try shop.shell(
      #"mkfifo pipe; "$hoso" ingest - < pipe & exec 3> pipe; head -c 2500000 in >&3; kill -9 $!; wait $!; echo $?; exec 3>&-"#
    )
    #expect(outcome.text == "137\n")
    #expect(try shop.hoso("ingest", "in").status == 0)
    #expect(try shop.json("log", "verify")["ok"].flag == true)
    #expect(try shop.logDigest() == whole.logDigest() && shop.projectionDigest() == whole.projectionDigest())
  }

  @Test("A named pipe is read to its end")
  func namedPipe() throws {
    let shop = try Shop()
    try shop.file("in", try Coffee.lines(2_000).joinedLines)
    let outcome = try shop.shell(#"mkfifo pipe; cat in > pipe & "$hoso" ingest pipe --format json"#)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try outcome.json["accepted"].count == 2_000)
  }
}

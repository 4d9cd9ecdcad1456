import Foundation
import Testing

@Suite("Locale, time zone and clock")
struct SurroundingsTests {
  private static let surroundings: [[String: String]] = [
    ["LC_ALL": "vi_VN.UTF-8"], ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"], ["LC_ALL": "de_DE.UTF-8"],
    ["LC_ALL": "nonsense"], ["LC_ALL": "POSIX"], ["TZ": "America/New_York"], ["TZ": "Asia/Kathmandu", "LC_ALL": "C"],
    ["TZ": ":nowhere"],
  ]

  private static let questions: [[String]] = [
    ["log", "export"], ["profile", "list", "--sort=-orders.net", "--limit", "20"],
    ["order", "list", "--format", "csv"],
    ["rfm", "--as-of", "2026-03-31"], ["profile", "show", "0901234567"], ["cohorts"], ["projection", "digest"],
    ["ticket", "list", "--where", "opened >= 2026-03-16 and opened < 2026-03-23"],
  ]

  /// What a shop answers that was filled and asked in these surroundings.
  private func answers(_ environment: [String: String]) throws -> [Data] {
    let shop = try Shop()
    let events = try shop.hoso("simulate", "--scenario", "coffee", environment: environment).successful.output
    _ = try shop.hoso(["ingest", "-"], input: events, environment: environment).successful
    return try Self.questions.map { try shop.hoso($0, environment: environment).successful.output }
  }

  @Test("Answers are the same in every locale and every time zone of the machine")
  func environment() throws {
    let usual = try answers([:])
    #expect(usual.allSatisfy { $0.count > 30 })
    for environment in Self.surroundings {
      for (question, (answer, expected)) in zip(Self.questions, zip(try answers(environment), usual)) {
        #expect(answer == expected, "\(question) with \(environment)")
      }
    }
  }

  @Test("Hours that a clock skips or repeats, and leap days, are taken by what the event says, in every zone of a shop")
  func hours() throws {
    for zone in ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"] {
      let shop = try Shop()
      _ = try shop.hoso("init", "--time-zone", zone).successful
      let times = [
        "2024-02-29T23:59:59+07:00", "2025-03-30T01:59:59+01:00", "2025-03-30T03:00:00+02:00",
        "2025-10-26T02:30:00+02:00",
        "2025-10-26T02:30:00+01:00", "2025-11-02T01:30:00-04:00", "2025-11-02T01:30:00-05:00",
        "2025-12-31T23:59:59.999999Z",
      ]
      let events = times.enumerated().map { SampleEvent.page("\($0)", time: $1) }
      #expect(try shop.hoso("ingest", "-", input: events.joined(), environment: ["TZ": "Europe/Berlin"]).status == 0)
      let shown = try shop.json("profile", "show", "an@example.vn", "--timeline")["timeline"].list.map {
        $0["time"].text
      }
      #expect(shown == Self.utc(times), "\(zone)")
      #expect(try shop.hoso("profile", "list", "--where", "last_seen >= 2024-02-29", "--count").number == 1)
    }
  }

  /// The same instants in UTC, computed by another program's calendar.
  private static func utc(_ times: [String]) -> [String] {
    let (reader, writer) = (ISO8601DateFormatter(), ISO8601DateFormatter())
    return times.map { time in
      let whole = time.replacing(/\.\d+/, with: "")
      let fraction = time.firstMatch(of: /\.\d+/).map { String($0.output) } ?? ""
      return reader.date(from: whole).map { writer.string(from: $0).replacing("Z", with: fraction + "Z") } ?? whole
    }
  }
}

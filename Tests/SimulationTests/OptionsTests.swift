import Simulation
import Testing

@Suite("Impossible options are refused before the first event")
struct OptionsTests {
  private func refusal(_ change: (inout SimulationOptions) -> Void) -> SimulationError? {
    var options = SimulationOptions()
    change(&options)
    return #expect(throws: SimulationError.self) {
      try simulate(options, event: { _ in Issue.record("an event was delivered") })
    }
  }

  @Test("A share below 0, above 1 or not a number is refused", arguments: [-0.1, 1.01, .nan, .infinity])
  func shares(share: Double) {
    #expect(refusal { $0.late = share } != nil)
    #expect(refusal { $0.junk = share } != nil)
    #expect(refusal { $0.repeats = share } != nil)
    #expect(refusal { $0.sharedPhones = share } != nil)
    #expect(refusal { $0.sharedDevices = share } != nil)
  }

  @Test("The message names the option, what was given and what is allowed")
  func message() {
    #expect(
      refusal { $0.customers = 0 }?.description
        == "simulation option customers is 0; give a number from 1 to 10000000")
    #expect(refusal { $0.days = 0 }?.description == "simulation option days is 0; give a number from 1 to 36500")
    #expect(
      refusal { $0.junk = 2 }?.description == "simulation option junk is 2.0; give a fraction from 0 to 1")
  }

  @Test(
    "What is not a date of the calendar is refused",
    arguments: ["", "2026-1-1", "2026-02-29", "2026-13-01", "2026-04-31", "1969-12-31", "2026/01/01", "2026-01-00"])
  func dates(text: String) {
    #expect(refusal { $0.start = text } == .notADate(given: text))
  }

  @Test(
    "Events lie within the days asked for, leap days and ends of years included",
    arguments: [("2024-02-29", 1, "2024-02-29"), ("2025-12-30", 3, "2026-01-01"), ("2000-02-28", 2, "2000-02-29")])
  func window(start: String, days: Int, last: String) throws {
    let events = try Recording.shop {
      ($0.start, $0.days) = (start, days)
    }.events()
    #expect(events.map(\.localDay).min() == start)
    #expect(events.map(\.localDay).max() == last)
  }

  @Test("The smallest shop has one customer and one day")
  func smallest() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let recording = try Recording.shop { ($0.customers, $0.days, $0.seed) = (1, 1, seed) }
      #expect(try recording.events().count == recording.lines.count, "seed \(seed)")
    }
  }

  @Test("An error of a sink ends the simulation and reaches the caller")
  func sinkError() throws {
    struct Full: Error {}
    var count = 0
    #expect(throws: Full.self) {
      try simulate(
        SimulationOptions(),
        event: { _ in
          count += 1
          if count == 10 { throw Full() }
        })
    }
    #expect(count == 10)
  }
}

import Foundation
import Simulation
import Testing

@Suite("Deliveries come in order, late or twice as asked")
struct DeliveryTests {
  @Test("Without late deliveries events come in the order in which they happened")
  func inOrder() throws {
    let times = try Recording.shop { ($0.late, $0.repeats) = (0, 0) }.events().map { $0.time.timeIntervalSince1970 }
    for (earlier, later) in zip(times, times.dropFirst()) { #expect(earlier.rounded(.down) <= later) }
  }

  @Test("Late events come up to six days after later ones, in about their share")
  func late() throws {
    let events = try Recording.shop { ($0.late, $0.repeats, $0.customers) = (0.05, 0, 1500) }.events()
    var newest = Date.distantPast
    var lateCount = 0
    for event in events {
      newest = max(newest, event.time)
      let lateness = newest.timeIntervalSince(event.time)
      if lateness > 300 { lateCount += 1 }
      #expect(lateness <= 6 * 86_400 + 1)
    }
    let share = Double(lateCount) / Double(events.count)
    #expect(share > 0.035 && share < 0.065)
  }

  @Test("A repeated delivery is byte for byte an earlier line, and their share is as asked")
  func repeats() throws {
    let recording = try Recording.shop { ($0.repeats, $0.customers) = (0.05, 1500) }
    var firstLines: [Recording.Key: [UInt8]] = [:]
    var repeatCount = 0
    for (line, event) in zip(recording.lines, try recording.events()) {
      if let earlier = firstLines[event.key] {
        repeatCount += 1
        #expect(earlier == line)
      } else {
        firstLines[event.key] = line
      }
    }
    let share = Double(repeatCount) / Double(firstLines.count)
    #expect(share > 0.04 && share < 0.06)
  }

  #if !DEBUG
    @Test("100,000 customers and 180 days make about 1.1 million events of about 290 bytes")
    func size() throws {
      var options = SimulationOptions()
      (options.customers, options.days) = (100_000, 180)
      var (count, bytes) = (0, 0)
      try simulate(
        options,
        event: {
          count += 1
          bytes += $0.count
        })
      #expect((1_050_000...1_200_000).contains(count))
      #expect((270...310).contains(bytes / count))
    }
  #endif
}

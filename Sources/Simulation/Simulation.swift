/// Takes one event: a JSON document without a line end. The bytes are valid during the call only.
package typealias EventSink = (UnsafeBufferPointer<UInt8>) throws -> Void

/// Takes the truth about one event: who really acted. Called once for each event, never for a repeated delivery.
package typealias TruthSink = (_ source: String, _ id: String, _ person: Int) throws -> Void

/// Lets a shop live through its days and hands its events over in the order of delivery.
///
/// Events come in the order in which they happened, except the late ones. What is still under way on the last day is
/// delivered at the end. A person is a number from 0; an event that names only an order or a ticket belongs to the
/// person whose order or ticket it is.
///
/// - Throws: `SimulationError` for impossible options, before the first event; and whatever a sink throws.
/// - Complexity: O(n log c) time for n events and O(c) memory for c customers, whatever the number of days.
package func simulate(
  _ options: SimulationOptions, event: EventSink, truth: TruthSink? = nil
) throws {
  var shop = try Shop(options)
  while let now = shop.work() {
    try shop.composer.outbox.release(before: now, event: event, truth: truth)
  }
  try shop.composer.outbox.release(before: .max, event: event, truth: truth)
}

/// Plays the shop "The Coffee" in March 2026, whose figures are known beforehand; see `CoffeeScenario`.
///
/// - Throws: whatever a sink throws.
/// - Complexity: O(n log n) time and O(n) memory for its n events, fewer than 20,000.
package func simulateCoffee(
  seed: UInt64 = 1, event: EventSink, truth: TruthSink? = nil
) throws {
  var scenario = CoffeeScenario(seed: seed)
  scenario.play()
  try scenario.composer.outbox.release(before: .max, event: event, truth: truth)
}

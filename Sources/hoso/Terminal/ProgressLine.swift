import Glibc
import Platform

/// One line on the terminal that says how far long work is; nothing where standard error is no terminal.
final class ProgressLine {
  private let verb: String
  private let isShown = StandardError.isTerminal
  private let start = Stopwatch()
  private var nextUpdate = 0.1
  /// What is being done of work in several phases, and since when.
  private var phase: (name: String, start: Stopwatch)?

  init(_ verb: String) { self.verb = verb }

  /// `fraction` is nil where the end is not known.
  func update(events: Int, fraction: Double?) {
    show(fraction, seconds: start.seconds) { "\(verb) \(grouped(events)) events, \(Self.rate(events, $0))" }
  }

  /// How far a rebuild is: the time left is that of its phase.
  func update(_ progress: RebuildProgress) {
    let name = progress.phase.rawValue
    if phase?.name != name { phase = (name, Stopwatch()) }
    let readsLog = progress.phase == .reading || progress.phase == .catchingUp
    let total = progress.total.map { " of \(grouped($0))" } ?? ""
    let fraction = progress.total.map { Double(progress.done) / Double(max(1, $0)) }
    show(fraction, seconds: phase?.start.seconds ?? 0) {
      "\(name): \(grouped(progress.done))\(total) \(readsLog ? "events" : "rows"), \(Self.rate(progress.done, $0))"
    }
  }

  private static func rate(_ count: Int, _ seconds: Double) -> String {
    "\(grouped(Int(Double(count) / max(0.001, seconds))))/s"
  }

  private func show(_ fraction: Double?, seconds: Double, _ text: (Double) -> String) {
    guard isShown, start.seconds >= nextUpdate else { return }
    nextUpdate = start.seconds + 0.1
    var line = text(seconds)
    if let fraction, fraction > 0.001 {
      let left = max(0, seconds / fraction - seconds)
      line = bar(fraction) + " " + line + ", \(Int(left.rounded(.up))) s left"
    }
    StandardError.writeControls("\r\u{1B}[2K" + line)
  }

  /// Takes the line away.
  func finish() { if isShown, nextUpdate > 0.1 { StandardError.writeControls("\r\u{1B}[2K") } }

  private func bar(_ fraction: Double) -> String {
    let filled = Int(min(1, fraction) * 20)
    return "[" + String(repeating: "=", count: filled) + String(repeating: " ", count: 20 - filled) + "]"
  }
}

/// Seconds since it was made, on a clock that nobody sets.
struct Stopwatch {
  private let start = Stopwatch.now()

  var seconds: Double { Self.now() - start }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

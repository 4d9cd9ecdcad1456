import Glibc

/// One line on the terminal that says how far long work is; nothing where standard error is no terminal.
final class ProgressLine {
  private let verb: String
  private let isShown = StandardError.isTerminal
  private let start = Stopwatch()
  private var nextUpdate = 0.1

  init(_ verb: String) { self.verb = verb }

  /// `fraction` is nil where the end is not known.
  func update(events: Int, fraction: Double?) {
    guard isShown, start.seconds >= nextUpdate else { return }
    let seconds = start.seconds
    nextUpdate = seconds + 0.1
    var line = "\(verb) \(grouped(events)) events, \(grouped(Int(Double(events) / seconds)))/s"
    if let fraction, fraction > 0.001 {
      let left = seconds / fraction - seconds
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

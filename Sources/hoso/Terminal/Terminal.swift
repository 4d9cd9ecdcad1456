import Glibc

/// What standard output can show.
struct Terminal {
  let isInteractive: Bool
  let usesColour: Bool
  /// Columns; unlimited where there is no terminal.
  let width: Int

  static var output: Terminal {
    let isInteractive = StandardOutput.shared.isTerminal
    return Terminal(
      isInteractive: isInteractive, usesColour: isInteractive && isColourWanted,
      width: isInteractive ? columns(of: 1) ?? 80 : .max)
  }

  /// https://no-color.org, and terminals that say they can do nothing.
  static var isColourWanted: Bool {
    let forbidden = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
    return !forbidden && !isDumb
  }

  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  func bold(_ text: String) -> String { usesColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  func dim(_ text: String) -> String { usesColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

import Foundation

/// strace(1), where there is one: it kills a program when it makes a certain call, before the call is done.
enum Strace {
  /// A call of the system, and the how-manieth of its kind it is in its thread.
  struct Point: Sendable, CustomStringConvertible {
    let call: String
    let number: Int
    var description: String { "\(call) \(number)" }
  }

  static let path = "/usr/bin/strace"
  static var isThere: Bool { access(path, X_OK) == 0 }

  /// The calls that change files, or say that they are changed.
  private static let calls = [
    "openat", "write", "pwrite64", "pwritev", "ftruncate", "fsync", "fdatasync", "rename", "unlink", "mkdir", "flock",
  ]

  /// Of calls that are made over and over only so many are points of their own.
  private static let pointsOfCallMax = 40

  /// The words that trace a program and write its calls to a file; with a point, those that kill it there.
  static func words(_ program: [String], to file: String, killingAt point: Point? = nil) -> [String] {
    let injection = point.map { ["-e", "inject=\($0.call):signal=KILL:when=\($0.number)"] } ?? []
    return [path, "-f", "-qq", "-o", file, "-e", "trace=" + calls.joined(separator: ",")] + injection + program
  }

  /// The points of a run that was traced.
  static func points(in trace: String) -> [Point] {
    var counts: [Substring: Int] = [:]
    var points: [String: Point] = [:]
    for line in trace.split(separator: "\n") {
      guard let found = line.prefixMatch(of: /([0-9]+) +([a-z0-9]+)\(/) else { continue }
      counts[found.1 + found.2, default: 0] += 1
      let point = Point(call: String(found.2), number: counts[found.1 + found.2] ?? 0)
      if changes(line, point.call) { points[point.description] = point }
    }
    return thinned(points.values.sorted { ($0.call, $0.number) < ($1.call, $1.number) })
  }

  private static func changes(_ line: Substring, _ call: String) -> Bool {
    call != "openat" || ["O_CREAT", "O_RDWR", "O_WRONLY"].contains { line.contains($0) }
  }

  private static func thinned(_ points: [Point]) -> [Point] {
    Dictionary(grouping: points, by: \.call).values.flatMap { points in
      let step = max(1, points.count / pointsOfCallMax)
      return stride(from: 0, to: points.count, by: step).map { points[$0] }
    }.sorted { ($0.call, $0.number) < ($1.call, $1.number) }
  }
}

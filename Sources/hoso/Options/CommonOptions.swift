import ArgumentParser
import Glibc
import Platform

/// Options that every command has.
struct DataOptions: ParsableArguments {
  @Option(name: .customLong("data"), help: "The data directory (default: $HOSO_DATA, else ./hoso-data).")
  var path: String?

  /// What `--data` says before the name of the command. Set once, before the command is parsed.
  nonisolated(unsafe) private static var pathBeforeCommand: String?

  var directory: DataDirectory {
    DataDirectory(path: path ?? Self.pathBeforeCommand ?? Self.pathOfEnvironment ?? "./hoso-data")
  }

  /// An empty $HOSO_DATA counts as none.
  private static var pathOfEnvironment: String? {
    getenv("HOSO_DATA").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  func validate() throws {
    if path == "" || Self.pathBeforeCommand == "" { throw ValidationError("--data needs the name of a directory") }
  }

  /// The words of the command without a `--data DIR` in front of its name.
  static func taken(from words: some Collection<String>) -> [String] {
    var rest = Array(words)
    while let first = rest.first {
      if first == "--data", rest.count > 1 {
        pathBeforeCommand = rest[1]
        rest.removeFirst(2)
      } else if first.hasPrefix("--data=") {
        pathBeforeCommand = String(first.dropFirst("--data=".count))
        rest.removeFirst()
      } else {
        break
      }
    }
    return rest
  }

  func open(_ access: Platform.Access) throws -> Platform { try Platform(directory, access) }
}

/// Options of every listing.
struct ListingOptions: ParsableArguments {
  @Option(
    help:
      "Only rows for which this holds: fields compared with =, !=, <, <=, >, >=, in, contains, joined by and, or, not.")
  var `where`: String?

  @Option(parsing: .unconditional, help: "The field to sort by; a minus before it puts the largest first.")
  var sort: String?

  @Option(parsing: .unconditional, help: "How many rows at most.")
  var limit: Natural?

  @Option(help: "The fields to show, separated by commas; 'help' prints their names.")
  var fields: String?

  @Option(help: "table, json or csv.")
  var format: OutputFormat = .table

  @Flag(help: "Print only how many rows there are.")
  var count = false

  var fieldNames: [String]? { fields?.split(separator: ",").map { String($0).trimmed } }
}

/// A whole number that is not negative.
struct Natural: ExpressibleByArgument, CustomStringConvertible, Sendable {
  let value: Int

  init?(argument: String) {
    guard let value = Int(argument), value >= 0 else { return nil }
    self.value = value
  }

  init(_ value: Int) { self.value = value }

  var description: String { String(value) }
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    var view = Substring(self)
    while view.first == " " { view.removeFirst() }
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}

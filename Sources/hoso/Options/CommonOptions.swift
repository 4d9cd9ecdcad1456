import ArgumentParser
import Glibc
import Platform

/// Options that every command has.
struct DataOptions: ParsableArguments {
  @Option(name: .customLong("data"), help: "The data directory (default: $HOSO_DATA, else ./hoso-data).")
  var path: String?

  var directory: DataDirectory {
    DataDirectory(path: path ?? getenv("HOSO_DATA").map { String(cString: $0) } ?? "./hoso-data")
  }

  func open(_ access: Platform.Access) throws -> Platform { try Platform(directory, access) }
}

/// Options of every listing.
struct ListingOptions: ParsableArguments {
  @Option(help: "Only rows for which this holds, for example \"orders.count >= 2 and city = 'Hà Nội'\".")
  var `where`: String?

  @Option(parsing: .unconditional, help: "The field to sort by; a minus before it puts the largest first.")
  var sort: String?

  @Option(help: "How many rows at most.")
  var limit: Int?

  @Option(help: "The fields to show, separated by commas.")
  var fields: String?

  @Option(help: "table, json or csv.")
  var format: OutputFormat = .table

  @Flag(help: "Print only how many rows there are.")
  var count = false

  var fieldNames: [String]? { fields?.split(separator: ",").map { String($0).trimmed } }
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

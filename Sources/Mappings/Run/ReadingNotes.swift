/// Which fields of a document were asked for, by their paths, elements of lists not told apart
/// (`customer.emails[].value`). Not thread-safe.
package final class ReadingNotes {
  package private(set) var paths: Set<String> = []

  package init() {}

  func note(_ path: String) { paths.insert(path) }
}

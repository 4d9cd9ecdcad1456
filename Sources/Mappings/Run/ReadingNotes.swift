/// Which fields of a document were asked for, by their paths (`customer.emails[0].value`). Not thread-safe.
package final class ReadingNotes {
  package private(set) var paths: Set<String> = []

  package init() {}

  func note(_ path: String) { paths.insert(path) }
}

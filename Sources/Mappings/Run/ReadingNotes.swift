/// Which fields of a document were asked for, by their paths, elements of lists not told apart
/// (`customer.emails[].value`). Not thread-safe.
final class ReadingNotes {
  private(set) var paths: Set<String> = []

  func note(_ path: String) { paths.insert(path) }
}

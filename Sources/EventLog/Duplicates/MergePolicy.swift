/// Decides which sorted runs of the duplicate index are merged, given how many entries they hold.
///
/// Runs fall into size classes, each as many times larger than the one below as runs are merged at once. So an entry is
/// rewritten once a class, and a look-up has to search fewer than `fanIn` runs of each class.
package struct MergePolicy: Sendable {
  /// How many runs of a class are merged.
  package var fanIn = 8
  /// Runs with fewer entries than this make up the lowest class.
  package var lowestClassEntries = IndexRun.chunkEntriesMax
  /// A merge holds its entries in memory and changes all their pages in one transaction, so it must end somewhere.
  package var entriesMax = 4_000_000

  package init() {}

  /// Where the runs begin that are to be merged into one, with all that follow; nil if none are. `counts` are the
  /// entries of each run, the oldest first.
  ///
  /// They are the newest runs that are not of a higher class than the newest one, if there are `fanIn` of them, or
  /// if no more of them fit a merge and those that do are worth one.
  package func firstRunToMerge(_ counts: [Int]) -> Int? {
    guard let newest = counts.last else { return nil }
    let highest = sizeClass(newest)
    var (first, entries) = (counts.count, 0)
    while first > 0, sizeClass(counts[first - 1]) <= highest {
      guard entries + counts[first - 1] <= entriesMax else {
        return counts.count - first > 1 && entries > entriesMax / 2 ? first : nil
      }
      first -= 1
      entries += counts[first]
    }
    return counts.count - first >= fanIn ? first : nil
  }

  private func sizeClass(_ count: Int) -> Int {
    var (size, result) = (count / lowestClassEntries, 0)
    while size > 0 {
      size /= fanIn
      result += 1
    }
    return result
  }
}

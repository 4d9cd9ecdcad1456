/// The least number of insertions, deletions, replacements and swaps of neighbours that make one text of another, where
/// no place is edited twice: "optimal string alignment", the restricted form of Damerau's distance ("A technique for
/// computer detection and correction of spelling errors", 1964) by the table of Wagner and Fischer (1974).
///
/// Symmetric, 0 only for equal texts. Not a metric: it can be longer than a way over a third text. O(nm).
package func editDistance(_ a: String, _ b: String) -> Int {
  let (left, right) = (a.unicodeScalars.map(\.value), b.unicodeScalars.map(\.value))
  return editDistance(left.span, right.span)
}

/// The same over letters of any kind.
func editDistance<Letter: Equatable>(_ a: Span<Letter>, _ b: Span<Letter>) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
      row.append(least)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}

/// Whether one edit makes one text of another. O(n), but for few texts that it looks at more closely.
func isOneEdit<Letter: Equatable>(_ a: Span<Letter>, _ b: Span<Letter>) -> Bool {
  guard abs(a.count - b.count) <= 1 else { return false }
  let shorter = min(a.count, b.count)
  var (prefix, suffix) = (0, 0)
  while prefix < shorter, a[prefix] == b[prefix] { prefix += 1 }
  while suffix < shorter - prefix, a[a.count - 1 - suffix] == b[b.count - 1 - suffix] { suffix += 1 }
  // A swap is the longest of edits: two letters.
  return prefix + suffix + 2 >= max(a.count, b.count) && editDistance(a, b) == 1
}

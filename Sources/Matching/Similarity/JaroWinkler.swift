/// The similarity of two texts by Jaro and Winkler, 0...1, and 1 only for equal texts.
///
/// Letters that are common within half the length of the longer text count, less half of those that are out of order
/// (Jaro, "Advances in Record-Linkage Methodology", 1989); a common beginning of up to four letters counts more, for
/// typing errors are rarer there (Winkler, "String Comparator Metrics and Enhanced Decision Rules", 1990). Symmetric.
/// O(nm) for n and m letters, without allocation up to 64 letters.
package func jaroWinkler(_ a: String, _ b: String) -> Double {
  let (left, right) = (a.unicodeScalars.map(\.value), b.unicodeScalars.map(\.value))
  return jaroWinkler(left.span, right.span)
}

/// The same over letters of any kind.
func jaroWinkler<Letter: Equatable>(_ a: Span<Letter>, _ b: Span<Letter>) -> Double {
  let jaro = jaro(a, b)
  var prefix = 0
  while prefix < min(4, a.count, b.count), a[prefix] == b[prefix] { prefix += 1 }
  return jaro + Double(prefix) * 0.1 * (1 - jaro)
}

private func jaro<Letter: Equatable>(_ a: Span<Letter>, _ b: Span<Letter>) -> Double {
  if a.isEmpty || b.isEmpty { return a.isEmpty && b.isEmpty ? 1 : 0 }
  var (usedA, usedB) = (Flags(), Flags())
  let common = markCommon(a, b, &usedA, &usedB)
  guard common > 0 else { return 0 }
  let moved = Double(outOfOrder(a, b, usedA, usedB)) / 2
  let count = Double(common)
  return (count / Double(a.count) + count / Double(b.count) + (count - moved) / count) / 3
}

private func markCommon<Letter: Equatable>(
  _ a: Span<Letter>, _ b: Span<Letter>, _ usedA: inout Flags, _ usedB: inout Flags
) -> Int {
  let reach = max(0, max(a.count, b.count) / 2 - 1)
  var common = 0
  for i in a.indices {
    let end = min(b.count, i + reach + 1)
    guard let j = firstFree(a[i], in: min(end, max(0, i - reach))..<end, of: b, usedB) else { continue }
    usedA.insert(i)
    usedB.insert(j)
    common += 1
  }
  return common
}

private func firstFree<Letter: Equatable>(
  _ letter: Letter, in near: Range<Int>, of text: Span<Letter>, _ used: Flags
) -> Int? {
  for place in near where !used[place] {
    if text[place] == letter { return place }
  }
  return nil
}

/// How many of the common letters are not at the same place among the common ones.
private func outOfOrder<Letter: Equatable>(
  _ a: Span<Letter>, _ b: Span<Letter>, _ usedA: Flags, _ usedB: Flags
) -> Int {
  var (j, count) = (0, 0)
  for i in a.indices where usedA[i] {
    while !usedB[j] { j += 1 }
    if a[i] != b[j] { count += 1 }
    j += 1
  }
  return count
}

/// The candidate that a misspelt name most likely stands for, or nil if none is near.
///
/// Near is an edit distance (letter case ignored) of at most a third of the name's length, and at least 1.
/// O(candidates × length²); only the first 100 characters count.
package func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().prefix(100))
  let limit = max(1, wanted.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(wanted, Array(candidate.lowercased().prefix(100)))
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count one each (Damerau 1964;
/// the table is Wagner and Fischer's).
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var rows = Array(repeating: Array(0...right.count), count: left.count + 1)
  for i in left.indices {
    rows[i + 1][0] = i + 1
    for j in right.indices {
      let substitution = rows[i][j] + (left[i] == right[j] ? 0 : 1)
      var distance = min(substitution, rows[i][j + 1] + 1, rows[i + 1][j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        distance = min(distance, rows[i - 1][j - 1] + 1)
      }
      rows[i + 1][j + 1] = distance
    }
  }
  return rows[left.count][right.count]
}

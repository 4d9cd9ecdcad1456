/// Which generation is live, and which were: the content of the file `current`.
struct GenerationPointer: Equatable {
  var live: Int
  /// The last to have been live comes first.
  var former: [Int]

  init(live: Int, former: [Int]) {
    self.live = live
    self.former = former
  }

  /// Reads two lines, or the one that earlier programs wrote: then those with a number below the live one are former.
  /// Nil where the text names no generation.
  init?(_ text: String, numbers: [Int]) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let live = Int(lines[0]), live > 0 else { return nil }
    self.live = live
    if lines.count > 2 {
      former = lines[1].split(separator: " ").compactMap { Int($0) }
    } else {
      former = numbers.reversed().filter { $0 < live }
    }
  }

  var text: String { "\(live)\n\(former.map(String.init).joined(separator: " "))\n" }

  /// The pointer once another generation is live, with at most so many former ones.
  func promoting(_ number: Int, keeping formerMax: Int) -> GenerationPointer {
    let others = ([live] + former).filter { $0 != number }
    return GenerationPointer(live: number, former: Array(others.prefix(formerMax)))
  }
}

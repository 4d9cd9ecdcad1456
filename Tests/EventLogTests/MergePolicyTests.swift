import EventLog
import Testing

@Suite("Merging of the duplicate index's runs")
struct MergePolicyTests {
  private struct Outcome {
    var runs: [Int] = []
    var added = 0
    /// Entries that merges wrote again.
    var rewritten = 0
    var runsMax = 0
  }

  private func simulate(_ policy: MergePolicy, commits: Int, _ size: () -> Int) -> Outcome {
    var outcome = Outcome()
    for _ in 0..<commits {
      let entries = size()
      outcome.runs.append(entries)
      outcome.added += entries
      while let first = policy.firstRunToMerge(outcome.runs) {
        let merged = outcome.runs[first...].reduce(0, +)
        #expect(outcome.runs.count - first > 1, "a merge leaves fewer runs")
        #expect(merged <= policy.entriesMax)
        outcome.runs.replaceSubrange(first..., with: [merged])
        outcome.rewritten += merged
      }
      outcome.runsMax = max(outcome.runsMax, outcome.runs.count)
    }
    #expect(outcome.runs.reduce(0, +) == outcome.added, "no entry is lost")
    return outcome
  }

  @Test(
    "Equal commits are merged so that few runs remain and no entry is written often", arguments: [1, 100, 5000, 50_000])
  func equalCommits(size: Int) {
    let outcome = simulate(MergePolicy(), commits: 4000) { size }
    // Seven runs of each of seven classes, and those that are too large to be merged.
    #expect(outcome.runsMax <= 7 * 7 + outcome.added / 2_000_000)
    #expect(outcome.rewritten <= 35 * outcome.added)
    if size >= 407 { #expect(outcome.rewritten <= 5 * outcome.added) }
  }

  @Test("Commits of any sizes are merged so that few runs remain", arguments: 0..<20 as Range<UInt64>)
  func anyCommits(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let outcome = simulate(MergePolicy(), commits: 3000) { 1 << generator.int(0...17) }
    #expect(outcome.runsMax <= 7 * 7 + outcome.added / 2_000_000)
  }

  @Test("Runs too large for eight to be merged are merged in fewer", arguments: [600_000, 800_000, 1_300_000])
  func largeCommits(size: Int) {
    let outcome = simulate(MergePolicy(), commits: 100) { size }
    #expect(outcome.runs.count <= outcome.added / 2_000_000 + 7)
  }

  @Test("A run beyond the limit is left alone, and what comes after it is merged without it")
  func beyondTheLimit() {
    var policy = MergePolicy()
    policy.fanIn = 4
    policy.entriesMax = 1000
    #expect(policy.firstRunToMerge([]) == nil)
    #expect(policy.firstRunToMerge([5000]) == nil)
    #expect(policy.firstRunToMerge([5000, 5000, 5000, 5000, 5000]) == nil)
    #expect(policy.firstRunToMerge([5000, 1, 1, 1]) == nil)
    #expect(policy.firstRunToMerge([5000, 1, 1, 1, 1]) == 1)
  }
}

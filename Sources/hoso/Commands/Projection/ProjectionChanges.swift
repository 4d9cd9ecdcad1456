import ArgumentParser
import Platform
import Projections

extension ProjectionCommand {
  struct Promote: ReadsSuspectFiles {
    static let configuration = CommandConfiguration(
      commandName: "promote", abstract: "Make a generation the live one, in one step.",
      discussion: "Its rows are checked against their digests before. The one that was live is kept to go back to.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The number of the generation; 'hoso projection list' shows them.") var generation: Natural

    func run() throws { try data.open(.writing).promote(generation.value).report() }

    func report(_ crash: Crash) throws { throw crash.ofGeneration("\(generation)") }
  }

  struct Rollback: ReadsSuspectFiles {
    static let configuration = CommandConfiguration(
      commandName: "rollback", abstract: "Make the newest former generation the live one again, in one step.",
      discussion: """
        The events that it has not seen are folded by the next 'hoso project' or 'hoso ingest'. A second rollback \
        takes the first one back.
        """)

    @OptionGroup var data: DataOptions

    func run() throws { try data.open(.writing).rollBack().report() }

    func report(_ crash: Crash) throws {
      let former = try data.open(.reading).generations.formerNumbers().first
      throw crash.ofGeneration(former.map(String.init) ?? "")
    }
  }

  struct Drop: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "drop", abstract: "Delete a generation that is not the live one, and give its disk back.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The number of the generation; 'hoso projection list' shows them.") var generation: Natural

    func run() throws {
      let platform = try data.open(.writing)
      let bytes = platform.generations.fileBytes(of: generation.value) ?? 0
      try platform.drop(generation.value)
      StandardOutput.shared.write("Generation \(generation.value) is dropped: \(formattedBytes(bytes)) given back\n")
    }
  }
}

extension Crash {
  /// That the rows of a generation could not be read.
  fileprivate func ofGeneration(_ number: String) -> ProjectionError {
    .damaged("generation \(number) cannot be read: \(self)")
  }
}

extension Promoted {
  fileprivate func report() {
    let before = former.map { ", in place of generation \($0)" } ?? ""
    let behind =
      lag == 0 ? "up to date" : "\(counted(lag, "event")) behind the log; 'hoso project' folds them"
    StandardOutput.shared.write("Generation \(generation) is live\(before): \(behind)\n")
  }
}

import FuzzTargets
import Glibc

/// The driver of libFuzzer. It calls `target` with one input after the other and does not return before it is done.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// What feeds the target of this run. A C function cannot capture it; libFuzzer calls from one thread.
nonisolated(unsafe) private var feeder: FuzzTarget.Feeder = { _ in }

/// To standard error, at once.
private func say(_ message: String) {
  let line = Array("fuzz: \(message)\n".utf8)
  _ = Glibc.write(2, line, line.count)
}

private func fail(_ message: String) -> Never {
  say(message)
  exit(2)
}

/// `fuzz --seeds TARGET FOLDER`: a file for each seed, and beside the folder a dictionary of their words.
private func writeSeeds(of target: FuzzTarget, to folder: String) throws {
  let seeds = try target.seeds()
  for (number, seed) in seeds.enumerated() { write(seed, to: "\(folder)/seed-\(number)") }
  write(Array(SeedWords(seeds).dictionary.utf8), to: folder + ".dict")
}

private func write(_ bytes: [UInt8], to path: String) {
  guard let file = fopen(path, "w") else { fail("\(path) cannot be written") }
  defer { fclose(file) }
  if fwrite(bytes, 1, bytes.count, file) != bytes.count { fail("\(path) cannot be written") }
}

/// Runs libFuzzer with the words behind the target's name.
private func run(_ target: FuzzTarget) throws -> Int32 {
  feeder = try target.feeder()
  // Those of the program less one. libFuzzer starts itself again to merge, by a shell, and then the target belongs to the name.
  var count = CommandLine.argc - 1
  var words = CommandLine.unsafeArgv + 1
  words[0] = strdup(CommandLine.arguments[0] + " " + target.name)
  return runDriver(&count, &words) { bytes, count in
    do {
      try feeder(Array(UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
      // libFuzzer takes it for a crash, and keeps the input.
      say("\(error)")
      abort()
    }
    return 0
  }
}

private let words = CommandLine.arguments.dropFirst()
if words.first == "--list" {
  for target in FuzzTarget.all { print(target.name) }
} else if words.first == "--seeds", words.count == 3, let target = FuzzTarget.named(CommandLine.arguments[2]) {
  try writeSeeds(of: target, to: CommandLine.arguments[3])
} else if let target = words.first.flatMap(FuzzTarget.named) {
  exit(try run(target))
} else {
  fail("usage: fuzz TARGET [options of libFuzzer] [folders], fuzz --seeds TARGET FOLDER, or fuzz --list")
}

import ArgumentParser
import Glibc
import Platform
import Simulation

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Print the events of a made-up shop as NDJSON, the same for the same options.")

  enum Scenario: String, ExpressibleByArgument, CaseIterable { case coffee }

  @Option(parsing: .unconditional, help: "People who can be known by more than a cookie (default 1000).") var customers:
    Natural?
  @Option(parsing: .unconditional, help: "Days that the shop is open (default 90).") var days: Natural?
  @Option(help: "Another seed gives another shop.") var seed: UInt64 = 1
  @Option(help: "The first day.") var start: String?
  @Option(help: "A shop with known numbers: coffee.") var scenario: Scenario?
  @Option(help: "Write which person each event belongs to, as CSV: source,id,person.") var truth: String?
  @Option(name: .customLong("shared-phones"), help: "Share of people who use somebody else's phone at times.")
  var sharedPhones: Double?
  @Option(name: .customLong("shared-devices"), help: "Share of people who use somebody else's device at times.")
  var sharedDevices: Double?
  @Option(help: "Share of events with a junk identifier.") var junk: Double?
  @Option(help: "Share of events that are delivered twice.") var repeats: Double?
  @Option(help: "Share of events that are delivered late.") var late: Double?

  func validate() throws {
    let given: [Any?] = [customers, days, start, sharedPhones, sharedDevices, junk, repeats, late]
    if scenario != nil, given.contains(where: { $0 != nil }) {
      throw ValidationError("--scenario has its own numbers; only --seed and --truth go with it")
    }
  }

  func run() throws {
    let truthFile = try truth.map { try CSVFile($0) }
    truthFile?.write("source,id,person\n")
    let writeTruth: TruthSink? = truthFile.map { file in { file.write(CSVLine.text([$0, $1, String($2)])) } }
    let write: EventSink = { line in
      StandardOutput.shared.write(line)
      StandardOutput.shared.write("\n")
      try StandardOutput.shared.check()
    }
    do {
      try simulate(write, writeTruth)
    } catch let error as SimulationError {
      throw UsageError(error.description)
    }
    try truthFile?.close()
  }

  private func simulate(_ write: EventSink, _ writeTruth: TruthSink?) throws {
    if scenario == .coffee {
      try simulateCoffee(seed: seed, event: write, truth: writeTruth)
    } else {
      try Simulation.simulate(try options(), event: write, truth: writeTruth)
    }
  }

  private func options() throws -> SimulationOptions {
    var options = SimulationOptions()
    options.seed = seed
    if let customers { options.customers = customers.value }
    if let days { options.days = days.value }
    if let start { options.start = start }
    if let sharedPhones { options.sharedPhones = sharedPhones }
    if let sharedDevices { options.sharedDevices = sharedDevices }
    if let junk { options.junk = junk }
    if let repeats { options.repeats = repeats }
    if let late { options.late = late }
    return options
  }
}

/// A file that is written once, front to back.
private final class CSVFile {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var hasFailed = false

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw DirectoryError("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1 << 16 { flush() }
  }

  func close() throws {
    flush()
    guard Glibc.close(descriptor) == 0, !hasFailed else {
      throw DirectoryError("\(path) could not be written to its end")
    }
  }

  private func flush() {
    var written = 0
    while written < buffer.count, !hasFailed {
      let count = buffer[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { hasFailed = true }
      written += max(0, count)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

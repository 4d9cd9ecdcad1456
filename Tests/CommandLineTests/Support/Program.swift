import Foundation
import Testing

/// What a program left behind: its exit code and what it wrote.
struct Outcome {
  let status: Int32
  let output: Data
  let errors: String

  /// Standard output as text.
  var text: String { String(decoding: output, as: UTF8.self) }
  /// The lines of standard output.
  var lines: [Substring] { text.split(separator: "\n") }
  /// Standard output as the one JSON document that it is.
  var json: Answer { get throws { try Answer(parsing: output) } }
  /// Standard output as a number.
  var number: Int? { Int(text.filter { $0 != "\n" }) }

  /// This outcome, where all went well: for what a test builds on and does not test.
  var successful: Outcome {
    get throws {
      guard status == 0 else { throw Program.Failure(description: "exit code \(status): \(errors)") }
      return self
    }
  }
}

/// The program under test, run as a process of its own.
///
/// Standard streams are files, so that no amount of output can block.
enum Program {
  /// A program that could not be started, or did not end.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// What is not done by then hangs.
  static let secondsMax = 60

  /// `$HOSO_BINARY`, else the one that was built beside the test bundle.
  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["HOSO_BINARY"] { return path }
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return own.deletingLastPathComponent().appendingPathComponent("hoso").path
  }()

  /// Starts `executable` in `folder`, waits for its end, and collects what it did. The environment holds nothing but
  /// `PATH` and what is given, so that the tester's own settings do not matter.
  static func run(
    _ executable: String, _ arguments: [String], input: Data = Data(), environment: [String: String] = [:],
    in folder: URL
  ) throws -> Outcome {
    try start(executable, arguments, input: input, environment: environment, in: folder).end()
  }

  /// Starts `executable` and goes on at once.
  static func start(
    _ executable: String, _ arguments: [String], input: Data = Data(), environment: [String: String] = [:],
    in folder: URL
  ) throws -> RunningProgram {
    let streams = try Streams(input, in: folder)
    let process = try spawn(executable, arguments, environment, folder: folder.path, streams)
    return RunningProgram(process: process, words: "\(arguments)", streams: streams)
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String: String], folder: String, _ streams: Streams
  ) throws -> pid_t {
    guard access(executable, X_OK) == 0 else {
      throw Failure(description: "there is no program at \(executable); build the product hoso, or set HOSO_BINARY")
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams.input.path, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, streams.output.path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, streams.errors.path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let variables = environment.merging(["PATH": path]) { given, _ in given }.map { "\($0)=\($1)" }
    var process: pid_t = 0
    var attributes = posix_spawnattr_t()
    allowSignals(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The shell changes the directory, because posix_spawn cannot.
    let words = ["sh", "-c", #"cd "$0" && exec timeout \#(secondsMax) "$@""#, folder, executable] + arguments
    let failure = withCStrings(words) { argv in
      withCStrings(variables) { envp in posix_spawn(&process, "/bin/sh", &actions, &attributes, argv, envp) }
    }
    guard failure == 0 else {
      throw Failure(description: "\(executable) cannot be started: \(String(cString: strerror(failure)))")
    }
    return process
  }

  /// The threads that tests run on block most signals and ignore some: the program must not inherit that.
  private static func allowSignals(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    var ignored = sigset_t()
    sigemptyset(&none)
    sigemptyset(&ignored)
    sigaddset(&ignored, SIGPIPE)
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &ignored)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  }

  private static func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}

/// The three standard streams of a process, as files.
struct Streams {
  let input, output, errors: URL

  init(_ content: Data, in folder: URL) throws {
    let name = UUID().uuidString
    input = folder.appendingPathComponent(".\(name).in")
    output = folder.appendingPathComponent(".\(name).out")
    errors = folder.appendingPathComponent(".\(name).err")
    try content.write(to: input)
  }

  func remove() { for file in [input, output, errors] { unlink(file.path) } }
}

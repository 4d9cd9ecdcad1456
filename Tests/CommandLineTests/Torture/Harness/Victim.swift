import Foundation

/// The program as something that is attacked: started directly, in a process group of its own, so that a signal reaches
/// it at a chosen microsecond and whatever it has started goes with it.
struct Victim {
  /// How a process ended.
  enum End: Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// It did not end in time, and was killed for that.
    case hung
  }

  /// What is known of a process that ended.
  struct Result {
    let words: [String]
    let end: End
    let output: Data
    let errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
    var isKilled: Bool { end == .signalled(SIGKILL) }
    var description: String { "\(words.joined(separator: " ")): \(end) \(errors)" }

    /// The exit code; nil where a signal ended the process.
    var code: Int32? { if case .exited(let code) = end { code } else { nil } }
    func json() throws -> Answer { try Answer(parsing: output) }
  }

  /// What is not done by then hangs.
  static let secondsMax = 20.0

  let process: pid_t
  let words: [String]
  private let streams: VictimStreams

  /// Starts the program on a data directory, with a file as its standard input.
  init(
    _ words: [String], executable: String = Program.path, data: String, input: String = "/dev/null", in folder: URL
  ) throws {
    self.words = words
    streams = VictimStreams(in: folder)
    process = try Self.spawn([executable] + words, data: data, input: input, streams)
  }

  /// Sends a signal to the process and to what it has started. Whoever has ended already gets none.
  func signal(_ number: Int32) { kill(-process, number) }

  /// Waits for the end. What hangs is killed.
  func result(within seconds: Double = secondsMax) throws -> Result {
    defer { streams.remove() }
    return Result(words: words, end: wait(seconds), output: try streams.outputData(), errors: try streams.errorText())
  }

  /// Whether the process has ended; it is still to be waited for.
  var hasEnded: Bool {
    var information = siginfo_t()
    return waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0
      && information.si_signo == SIGCHLD
  }

  /// Time is counted in own awakenings: where a busy machine lets nobody run, nobody hangs.
  private func wait(_ seconds: Double) -> End {
    var pause: UInt32 = 50
    var waited = 0.0
    while !hasEnded, waited < seconds {
      usleep(pause)
      waited += Double(pause) / 1e6
      pause = min(1_000, pause + pause / 2)
    }
    let isHung = !hasEnded
    // A child may outlive it. Nobody else can have its number before it was waited for.
    signal(SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    if isHung { return .hung }
    return status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .signalled(status & 0x7F)
  }

  private static func spawn(
    _ words: [String], data: String, input: String, _ streams: VictimStreams
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, streams.output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, streams.errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var attributes = posix_spawnattr_t()
    setUp(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let (argv, envp) = (CStrings(words), CStrings(["HOSO_DATA=\(data)", "PATH=/usr/bin:/bin"]))
    var process: pid_t = 0
    let failure = posix_spawn(&process, words[0], &actions, &attributes, argv.pointers, envp.pointers)
    guard failure == 0 else {
      throw Program.Failure(description: "\(words[0]) cannot be started: \(String(cString: strerror(failure)))")
    }
    return process
  }

  /// A group of its own, and no signal blocked or ignored: the threads that tests run on block most.
  private static func setUp(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    var usual = sigset_t()
    sigemptyset(&none)
    sigemptyset(&usual)
    sigaddset(&usual, SIGPIPE)
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  }
}

/// Where a victim's output goes.
private struct VictimStreams {
  let output, errors: String

  init(in folder: URL) {
    let name = folder.appendingPathComponent(".\(UUID().uuidString)").path
    output = name + ".out"
    errors = name + ".err"
  }

  func outputData() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: output)) }

  func errorText() throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: errors)), as: UTF8.self)
  }

  func remove() { for file in [output, errors] { unlink(file) } }
}

/// Texts as C wants them, ended by a null pointer.
private final class CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ texts: [String]) { pointers = texts.map { strdup($0) } + [nil] }

  deinit { for pointer in pointers { free(pointer) } }
}

/// Seconds of a clock that nobody sets.
enum Clock {
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

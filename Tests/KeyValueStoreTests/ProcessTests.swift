import Glibc
import KeyValueStore
import Testing

/// What happens to a process that breaks a rule, or is killed. Each test body runs in a process of its own.
@Suite("Processes")
struct ProcessTests {
  @Test("A writer that is killed leaves the old state, and the next one starts")
  func killedWriter() async throws {
    let directory = try TemporaryDirectory()
    let environment = try directory.open()
    try environment.put("old", forKey: "a", in: environment.openTable("t", create: true))
    environment.close()
    let path = directory.file()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let environment = try Environment.open(path: path)
      let table = try environment.openTable("t", create: false)
      var transaction = try environment.beginWrite()
      try transaction.put("new", forKey: "a", in: table)
      kill(getpid(), SIGKILL)
    }
    let again = try directory.open()
    let table = try again.openTable("t", create: false)
    #expect(try again.text(forKey: "a", in: table) == "old")
    try again.put("newer", forKey: "a", in: table)
    #expect(try again.text(forKey: "a", in: table) == "newer")
  }

  @Test("A write transaction that ends on another thread stops the process")
  func endOnAnotherThread() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file()
    let result = await #expect(processExitsWith: .failure) { [path = path as String] in
      let environment = try Environment.open(path: path)
      let box = TransactionBox(transaction: try environment.beginWrite())
      var thread = pthread_t()
      let argument = Unmanaged.passRetained(box).toOpaque()
      let result = pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          Unmanaged<TransactionBox>.fromOpaque(argument).takeUnretainedValue().transaction = nil
          return nil
        }, argument)
      guard result == 0 else { exit(EXIT_SUCCESS) }
      pthread_join(thread, nil)
      exit(EXIT_SUCCESS)
    }
    // An error thrown on the way would exit with a code; the precondition raises a signal.
    var isSignal = false
    if case .signal = result?.exitStatus { isSignal = true }
    #expect(isSignal)
  }

  @Test("After a fork the child cannot use the environment, and the parent can")
  func forkedChild() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file()
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
      let environment = try Environment.open(path: path)
      let table = try environment.openTable("t", create: true)
      // Swift hides fork(2), which is what shall be tested.
      typealias Fork = @convention(c) () -> pid_t
      guard let symbol = dlsym(nil, "fork") else { exit(1) }
      let child = unsafeBitCast(symbol, to: Fork.self)()
      if child == 0 {
        do throws(StoreError) {
          try environment.read { _ throws(StoreError) in }
        } catch {
          environment.close()
          _exit(error.code == .forked ? 7 : 2)
        }
        _exit(3)
      }
      var status: Int32 = 0
      guard waitpid(child, &status, 0) == child else { exit(4) }
      try environment.put("1", forKey: "a", in: table)
      guard try environment.text(forKey: "a", in: table) == "1" else { exit(5) }
      exit((status >> 8) & 0xFF)
    }
  }
}

/// Carries a transaction to where it must not go.
final class TransactionBox {
  var transaction: WriteTransaction?

  init(transaction: consuming WriteTransaction) { self.transaction = consume transaction }
}

import Foundation
import Testing

/// A folder of its own with a data directory in it and the program to run on it; removed when the value goes.
final class Shop: Sendable {
  let folder: URL

  /// Where the program keeps its data: `$HOSO_DATA` of every run.
  var data: String { folder.appendingPathComponent("data").path }

  init() throws {
    folder = Self.root.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      Issue.record("a test's folder is left behind: \(error)")
    }
  }

  /// What shops live in. Shops that live as long as the tests are removed with it.
  private static let root: URL = {
    atexit { Shop.removeRoot() }
    return rootName
  }()

  private static let rootName = FileManager.default.temporaryDirectory
    .appendingPathComponent("hoso-command-line-\(ProcessInfo.processInfo.processIdentifier)")

  private static func removeRoot() {
    do { try FileManager.default.removeItem(at: rootName) } catch { print("\(rootName.path) is left behind: \(error)") }
  }

  @discardableResult
  func hoso(_ arguments: String..., input: String = "", environment: [String: String] = [:]) throws -> Outcome {
    try hoso(arguments, input: Data(input.utf8), environment: environment)
  }

  @discardableResult
  func hoso(_ arguments: [String], input: Data = Data(), environment: [String: String] = [:]) throws -> Outcome {
    let own = ["HOSO_DATA": data].merging(environment) { $1 }
    return try Program.run(Program.path, arguments, input: input, environment: own, in: folder)
  }

  /// Starts the program and goes on at once.
  func start(_ arguments: String...) throws -> RunningProgram {
    try Program.start(Program.path, arguments, environment: ["HOSO_DATA": data], in: folder)
  }

  /// How many events the log holds; none where there is no log yet.
  var eventCount: Int {
    get throws {
      let outcome = try hoso("log", "info", "--format", "json")
      return outcome.status == 0 ? try outcome.json["events"].count ?? 0 : 0
    }
  }

  /// Adds to a file, as a program does that writes it.
  func append(_ content: String, to name: String) throws {
    let file = try FileHandle(forWritingTo: folder.appendingPathComponent(name))
    defer { file.closeFile() }
    file.seekToEndOfFile()
    file.write(Data(content.utf8))
  }

  /// The program's JSON answer, after it ended with `status`.
  func json(_ arguments: String..., status: Int32 = 0, place: SourceLocation = #_sourceLocation) throws -> Answer {
    let outcome = try hoso(arguments + ["--format", "json"])
    try #require(outcome.status == status, "\(arguments): \(outcome.errors)", sourceLocation: place)
    return try outcome.json
  }

  /// What a listing counts.
  func count(_ list: String, where condition: String? = nil, place: SourceLocation = #_sourceLocation) throws -> Int {
    let outcome = try hoso([list, "list", "--count"] + (condition.map { ["--where", $0] } ?? []))
    try #require(outcome.status == 0, "\(outcome.errors)", sourceLocation: place)
    return try #require(outcome.number, sourceLocation: place)
  }

  /// Runs lines of shell in which `$hoso` is the program.
  func shell(_ script: String, input: String = "") throws -> Outcome {
    try Program.run(
      "/bin/sh", ["-c", script], input: Data(input.utf8), environment: ["HOSO_DATA": data, "hoso": Program.path],
      in: folder)
  }

  /// Writes a file. Returns its path.
  @discardableResult
  func file(_ name: String, _ content: String) throws -> String { try file(name, Data(content.utf8)) }

  @discardableResult
  func file(_ name: String, _ content: Data) throws -> String {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: file)
    return file.path
  }

  func exists(_ name: String) -> Bool { access(folder.appendingPathComponent(name).path, F_OK) == 0 }
}

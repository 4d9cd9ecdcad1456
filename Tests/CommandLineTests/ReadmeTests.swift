import Foundation
import Testing

/// The README's console blocks, run one after the other in an empty directory as a new user would.
@Suite("README")
struct ReadmeTests {
  private struct Step {
    let command: String
    var output = ""
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Commands after `$ `, each with the lines that follow it.
  private func steps() throws -> [Step] {
    let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    var steps: [Step] = []
    var isInside = false
    for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2))))
      } else if isInside, !steps.isEmpty {
        steps[steps.count - 1].output += line + "\n"
      }
    }
    return steps
  }

  /// How long things took differs from run to run.
  private func withoutTimes(_ text: String) -> String {
    text.replacing(/in \d+\.\d s( \([\d,]+ lines\/s\))?/, with: "in N s")
  }

  @Test("Every command of the README prints what the README shows")
  func commands() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("readme-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let programs = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    let steps = try steps()
    try #require(steps.count >= 8)
    for step in steps {
      let command = "(" + step.command + ") 2>&1"
      let outcome = try Program.run("/bin/sh", ["-c", "PATH=\(programs):$PATH; \(command)"], in: folder)
      #expect(withoutTimes(outcome.text) == withoutTimes(step.output), "$ \(step.command)")
    }
  }
}

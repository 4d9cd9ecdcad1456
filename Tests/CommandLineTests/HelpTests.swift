import Testing

@Suite("Help")
struct HelpTests {
  /// Every command that there is.
  static let commands = [
    "init", "ingest", "status", "project", "rebuild", "simulate",
    "profile", "profile show", "profile list",
    "identity", "identity explain", "identity conflicts", "identity shared", "identity candidates", "identity link",
    "identity unlink", "identity undo", "identity try", "identity export",
    "order", "order show", "order list", "ticket", "ticket show", "ticket list", "message", "message list",
    "products", "products list", "products show", "products pairs", "campaigns",
    "rfm", "clv", "clv fit", "clv show", "clv top", "clv evaluate", "clv matrix", "cohorts",
    "projection", "projection list", "projection digest", "projection promote", "projection rollback",
    "projection drop", "projection parked", "projection retry",
    "schema", "schema list", "schema show", "schema add", "schema check", "schema diff",
    "log", "log info", "log read", "log tail", "log verify", "log export", "log backup", "log restore",
    "channel", "channel list", "channel show", "channel test", "channel check",
    "rejects", "rejects list", "rejects show", "rejects export", "rejects retry", "rejects drop",
  ]

  @Test("Every command explains itself on standard output and touches nothing", arguments: commands)
  func help(command: String) throws {
    let shop = try Shop()
    let words = command.split(separator: " ").map(String.init)
    let help = try shop.hoso(words + ["--help"])
    #expect(help.status == 0 && help.errors.isEmpty)
    #expect(help.text.contains("OVERVIEW: ") && help.text.contains("USAGE: hoso \(command)"))
    #expect(try shop.hoso(words + ["-h"]).text == help.text && shop.hoso(["help"] + words).text == help.text)
    #expect(!shop.exists("data"))
  }

  @Test("The overview names every command, and no help is needed to find it")
  func overview() throws {
    let shop = try Shop()
    let overview = try shop.hoso("--help")
    #expect(overview.status == 0 && overview.errors.isEmpty)
    for command in Self.commands where !command.contains(" ") {
      #expect(overview.text.contains("\n  \(command) "), "\(command)")
    }
    #expect(try shop.hoso("help").text == overview.text)
    #expect(try shop.hoso().text.contains("USAGE: hoso"))
  }

  @Test(
    "Help of a command group names every command in it",
    arguments: [
      "profile", "identity", "order", "ticket", "message", "clv", "projection", "schema", "log", "channel", "rejects",
    ])
  func groups(group: String) throws {
    let shop = try Shop()
    let help = try shop.hoso(group, "--help").text
    for command in Self.commands where command.hasPrefix(group + " ") {
      #expect(help.contains("\n  \(command.dropFirst(group.count + 1)) "), "\(command)")
    }
    #expect(try shop.hoso(group).text == help)
  }

  @Test("The example that the help of a list gives works")
  func example() throws {
    let shop = try Coffee.shop.get()
    let help = try shop.hoso("profile", "list", "--help").lines.joined(separator: " ")
    let example = try #require(help.firstMatch(of: /For example: *hoso (profile list .*?) +USAGE/)).1
    let outcome = try shop.shell(#""$hoso" \#(example)"#)
    #expect(outcome.status == 0 && outcome.lines.count > 1, "\(outcome.errors)")
  }

  @Test("The version is one line that names the program and its libraries")
  func version() throws {
    let outcome = try Shop().hoso("--version")
    #expect(outcome.status == 0 && outcome.lines.count == 1)
    for word in ["hoso ", "LMDB ", "zstd "] { #expect(outcome.text.contains(word)) }
  }
}

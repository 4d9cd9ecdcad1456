import Testing

@Suite("Words that make no sense")
struct WrongWordsTests {
  @Test(
    "Wrong words end with 2, a message that names them, and nothing on standard output",
    arguments: [
      ["nonsense"], ["profile", "nonsense"], ["ingest", "--nonsense"], ["status", "nonsense"],
      ["status", "--format", "nonsense"],
      ["profile", "list", "--where", "nonsense = 1"], ["profile", "list", "--where", "orders.nonsense = 1"],
      ["profile", "list", "--sort", "nonsense"], ["profile", "list", "--fields", "name,nonsense"],
      ["order", "list", "--where", "nonsense = 1"],
      ["ticket", "list", "--sort", "-nonsense"], ["message", "list", "--fields", "nonsense"], ["rebuild", "nonsense"],
      ["log", "read", "--from", "nonsense"], ["rejects", "show", "nonsense"], ["ingest", "--input", "nonsense"],
      ["profile", "list", "--limit", "nonsense"], ["projection", "digest", "nonsense"],
      ["projection", "promote", "nonsense"], ["projection", "drop", "nonsense"], ["rebuild", "--samples", "nonsense"],
      ["projection", "digest", "--generation", "nonsense"],
      ["channel", "show", "nonsense"], ["channel", "test", "nonsense"], ["channel", "check", "nonsense"],
    ])
  func wrongWords(words: [String]) throws {
    let outcome = try Coffee.shop.get().hoso(words)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("nonsense"), "\(outcome.errors)")
  }

  @Test(
    "Missing words end with 2",
    arguments: [
      ["profile", "show"], ["order", "show"], ["schema", "show"], ["log", "backup"], ["rejects", "drop"],
      ["projection", "promote"], ["projection", "drop"],
    ])
  func missingWords(words: [String]) throws {
    let outcome = try Coffee.shop.get().hoso(words)
    #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errors.contains("--help"))
  }

  @Test(
    "Negative numbers of rows and lines are refused, however they are written",
    arguments: [
      ["profile", "list", "--limit"], ["order", "list", "--limit"], ["log", "read", "--limit"],
      ["log", "tail", "--lines"],
      ["rejects", "list", "--limit"], ["ingest", "--limit"],
    ])
  func negative(words: [String]) throws {
    let shop = try Coffee.shop.get()
    var joined = words
    joined[joined.count - 1] += "=-1"
    for words in [words + ["-1"], joined] {
      let outcome = try shop.hoso(words)
      #expect(outcome.status == 2 && outcome.output.isEmpty)
      #expect(outcome.errors.contains("'-1'") && outcome.errors.contains(joined[joined.count - 1].prefix { $0 != "=" }))
    }
  }

  @Test(
    "A mistake in an expression is shown with its column",
    arguments: [
      ("1 +", 4), ("orders.count >= ", 17), ("orders.count ! 1", 14), ("nonsense(1)", 1), ("name = 'open", 8),
    ])
  func expressions(expression: String, column: Int) throws {
    let outcome = try Coffee.shop.get().hoso("profile", "list", "--where", expression)
    #expect(outcome.status == 2 && outcome.errors.contains("column \(column)"), "\(outcome.errors)")
  }

  @Test(
    "A condition that is neither true nor false is refused",
    arguments: ["orders.count", "'text'", "orders.count = 1 and name"])
  func noCondition(expression: String) throws {
    let outcome = try Coffee.shop.get().hoso("profile", "list", "--where", expression)
    #expect(outcome.status == 2 && outcome.errors.contains("true or false"), "\(outcome.errors)")
  }

  @Test(
    "The fields of a list can be asked for",
    arguments: [
      ("profile", "orders.net"), ("order", "campaign"), ("ticket", "hours_to_resolve"), ("message", "opened"),
    ])
  func fieldNames(list: String, field: String) throws {
    let outcome = try Coffee.shop.get().hoso(list, "list", "--fields", "help")
    #expect(outcome.status == 0 && outcome.text.contains(field))
  }
}

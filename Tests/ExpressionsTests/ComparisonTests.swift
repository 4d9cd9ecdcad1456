import Events
import Expressions
import Testing

@Suite("Comparisons")
struct ComparisonTests {
  @Test(
    "A comparison is true or false as its kinds say",
    arguments: [
      // numbers and texts that say numbers
      ("1 = 1.0", true), ("code = 7", true), ("7 = code", true), ("code = '7'", false), ("code <= '7'", true),
      ("id = 1", false), ("id != 1", true), ("id < 1", false), ("'9' < '10'", true), ("'9a' < '10'", false),
      ("'a' < 'b'", true), ("'a' = 'A'", false), ("'é' = 'é'", true), ("2 >= 2", true), ("2 > 2", false),
      // null
      ("note = null", false), ("note != 1", false), ("note < 1", false), ("not note = 1", true), ("note is null", true),
      ("note is not null", false), ("missing.part is null", true), ("id is not null", true), ("tags[9] is null", true),
      // truth values
      ("paid", true), ("paid = true", true), ("paid = 'TRUE'", true), ("paid != false", true), ("not note", true),
      ("note or paid", true), ("note and paid", false), ("paid < 1", false),
      // membership
      ("id in ('x', 'A-1')", true), ("id in (tags, 'A-1')", true), ("'vip' in (tags)", true),
      ("id not in (1, 2)", true),
      ("note in (null)", false), ("note not in (1)", false), ("code in (7)", true),
      // contains
      ("name contains 'dao'", true), ("name contains 'nguyen'", true), ("name contains 'nguyễn'", true),
      ("name contains 'nguyên'", false), ("'NGUYEN' contains 'nguyễn'", false), ("name contains 'ĐÀO'", true),
      ("name contains ''", true), ("name contains 'daoo'", false), ("note contains 'x'", false),
      ("tags contains 'vip'", true), ("tags contains 'VIP'", false), ("tags not contains 'x'", true),
      ("total contains '2.5'", true), ("name contains null", false),
      // lists
      ("tags = tags", true), ("split('a,b', ',') = split('a;b', ';')", true), ("split('a,b', ',') = tags", false),
    ])
  func comparison(source: String, expected: Bool) throws {
    #expect(try evaluate(source, order) == (expected ? "true" : "false"), "\(source)")
  }

  @Test(
    "An instant compares with a day by the whole day in the zone",
    arguments: [
      // 2026-03-01 in Asia/Ho_Chi_Minh begins at 2026-02-28T17:00:00Z
      ("2026-02-28T16:59:59.999999Z", "<"), ("2026-02-28T17:00:00Z", "="), ("2026-03-01T12:00:00Z", "="),
      ("2026-03-01T16:59:59.999999Z", "="), ("2026-03-01T17:00:00Z", ">"),
    ])
  func wholeDays(instant: String, expected: String) throws {
    let operators: [(String, Set<String>)] = [
      ("=", ["="]), ("!=", ["<", ">"]), ("<", ["<"]), ("<=", ["<", "="]), (">", [">"]), (">=", [">", "="]),
    ]
    for (name, holding) in operators {
      let truth = holding.contains(expected) ? "true" : "false"
      let mirrored = ["<": ">", ">": "<", "<=": ">=", ">=": "<="][name] ?? name
      #expect(try evaluate("\(instant) \(name) 2026-03-01") == truth, "\(instant) \(name)")
      #expect(try evaluate("'\(instant)' \(name) 2026-03-01") == truth, "text \(instant) \(name)")
      #expect(try evaluate("2026-03-01 \(mirrored) \(instant)") == truth, "\(instant) \(mirrored)")
    }
  }

  @Test("Keywords are taken in any letter case and names are not")
  func letterCase() throws {
    #expect(try evaluate("ID IS NULL AND Not id iS nUll", order) == "true")
  }

  @Test("Only as much of a condition is evaluated as its value needs")
  func shortCircuit() throws {
    #expect(try evaluate("false and 1 / 0 = 1") == "false")
    #expect(try evaluate("true or 1 / 0 = 1") == "true")
    #expect(try evaluate("1 in (1, 1 / 0)") == "true")
    #expect(try evaluate("if(true, 1, 1 / 0)") == "1")
    #expect(try evaluate("coalesce(1, 1 / 0)") == "1")
  }

  @Test("Three-way order is antisymmetric and the six operators agree with it", arguments: 0..<20)
  func agreement(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = [
      "1", "'1'", "'01'", "'a'", "'é'", "2026-03-01", "2026-03-01T00:00:00Z", "'2026-03-01'", "-2.5", "true",
    ]
    for _ in 0..<50 {
      let left = values.randomElement(using: &generator) ?? ""
      let right = values.randomElement(using: &generator) ?? ""
      func holds(_ operation: String, _ a: String, _ b: String) throws -> Bool {
        try evaluate("\(a) \(operation) \(b)") == "true"
      }
      #expect(try holds("<", left, right) == holds(">", right, left), "seed \(seed): \(left), \(right)")
      #expect(try holds("=", left, right) == holds("=", right, left), "seed \(seed): \(left), \(right)")
      #expect(try holds("=", left, right) != holds("!=", left, right), "seed \(seed): \(left), \(right)")
      #expect(try !(holds("<", left, right) && holds("=", left, right)), "seed \(seed): \(left), \(right)")
      #expect(try !holds("<", left, right) || holds("<=", left, right), "seed \(seed): \(left), \(right)")
    }
  }
}

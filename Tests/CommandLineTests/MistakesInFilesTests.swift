import Testing

@Suite("Mistakes in hoso.yaml")
struct ConfigurationMistakeTests {
  @Test(
    "A mistake is refused with file and line before anything is taken",
    arguments: [
      ("\n\ncolour: red\n", 3, "colour"), ("time_zone: Asia/Nowhere\n", 1, "Asia/Nowhere"),
      ("\ncurrency: ABC\n", 2, "ISO 4217"),
      ("region: ZZ", 1, "ZZ"), ("rates:\n  USD: -1\n", 2, "rate"),
      ("# shop\nidentity:\n  types:\n    - {name: email, form: mail}\n", 4, "mail"),
      ("identity:\n  types: [email, email]\n", 2, "twice"), ("region: VN\ntime_zone: [a\n", 3, "YAML"),
      ("region: VN\nregion: VN\n", 2, "region"),
      ("- a\n", 1, "mapping"), ("region: VN\n\tx: 1\n", 2, "YAML"),
    ])
  func mistake(content: String, line: Int, word: String) throws {
    let shop = try Shop()
    let file = try shop.file("data/hoso.yaml", content)
    let outcome = try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("\(file):\(line):") && outcome.errors.contains(word), "\(outcome.errors)")
    #expect(!shop.exists("data/log.mdb"))
    try shop.file("data/hoso.yaml", "region: VN\n")
    #expect(try shop.isUsable())
  }

  @Test(
    "Empty and partial files are right: the defaults hold for the rest",
    arguments: ["", "# nothing\n", "region: VN\n", "identity: {}\n"])
  func defaults(content: String) throws {
    let shop = try Shop()
    try shop.file("data/hoso.yaml", content)
    #expect(try shop.isUsable())
  }
}

@Suite("Mistakes in mapping files, and rows that do not fit them")
struct MappingMistakeTests {
  private static let mapping = """
    channel: till
    input: csv
    time_zone: UTC
    events:
      - type: order.placed
        id: =concat('till-', receipt)
        time: =date(day, 'yyyyMMdd')
        source: till
        channel: pos
        ids: {customer_id: =customer}
        data: {order_id: =receipt, currency: USD, total: =number(total), items: []}

    """
  private static let rows = "receipt,day,customer,total\n1,20260301,C1,12.50\n"

  private func ingest(_ mapping: String, _ rows: String, in shop: Shop, _ more: String...) throws -> Outcome {
    let arguments = [
      "ingest", "--input", "csv", "--map", try shop.file("till.yaml", mapping), try shop.file("till.csv", rows),
    ]
    return try shop.hoso(arguments + more)
  }

  @Test("A right mapping takes its rows once")
  func rightMapping() throws {
    let shop = try Shop()
    #expect(try ingest(Self.mapping, Self.rows, in: shop).status == 0)
    #expect(try ingest(Self.mapping, Self.rows, in: shop, "--format", "json").json["duplicates"].count == 1)
    #expect(try shop.json("order", "show", "1")["total"].text == "12.50")
  }

  @Test(
    "A mistake in a mapping is refused with file, line and column, and nothing is created",
    arguments: [
      ("channel: till", "chanel: till", 1, 1, "did you mean"), ("number(total)", "nummer(total)", 11, 55, "nummer"),
      ("=date(day, 'yyyyMMdd')", "=date(day,", 7, 21, "ends"),
      ("time_zone: UTC", "time_zone: Nowhere", 3, 12, "Nowhere"),
      ("input: csv", "input: xml", 2, 8, "xml"), ("    source: till\n", "", 5, 5, "source"),
    ])
  func wrongMapping(part: String, replacement: String, line: Int, column: Int, word: String) throws {
    let shop = try Shop()
    let outcome = try ingest(Self.mapping.replacing(part, with: replacement), Self.rows, in: shop)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("till.yaml:\(line):\(column): ") && outcome.errors.contains(word), "\(outcome.errors)")
    #expect(!shop.exists("data"))
  }

  @Test("Each row that does not fit is quarantined with its line; the others are taken")
  func wrongRows() throws {
    let shop = try Shop()
    let bad = "2,20260230,C2,1\n3,20260301,C3,abc\n4,20260301\n" + "5,20260301,C5,1.005\n"
    let outcome = try ingest(Self.mapping, Self.rows + bad + "6,20260301,C6,7\n", in: shop, "--format", "json")
    #expect(outcome.status == 3)
    let summary = try outcome.json
    #expect(summary["lines"].count == 6 && summary["accepted"].count == 2 && summary["quarantined"].count == 4)
    let rejects = try shop.json("rejects", "list").list.sorted { $0["line"].count ?? 0 < $1["line"].count ?? 0 }
    #expect(rejects.map { $0["line"].count } == [3, 4, 5, 6])
    #expect(rejects.map { $0["kind"].text } == ["mapping", "mapping", "malformed", "schema"])
    for (reject, word) in zip(rejects, ["no day 30", "abc", "2 fields", "2 decimals"]) {
      #expect(reject["reason"].text?.contains(word) == true, "\(word)")
    }
    #expect(try shop.isSound())
  }

  @Test("A mapping goes with its own kind of input")
  func words() throws {
    let shop = try Shop()
    let map = try shop.file("till.yaml", Self.mapping)
    for words in [
      ["--input", "csv"], ["--map", map], ["--input", "json", "--map", map],
      ["--input", "csv", "--map", map, "--limit", "1"],
    ] {
      #expect(try shop.hoso(["ingest", "-"] + words).status == 2, "\(words)")
    }
    let missing = try shop.hoso("ingest", "-", "--input", "csv", "--map", "missing.yaml")
    #expect(missing.status == 1 && missing.errors.contains("missing.yaml"))
    #expect(!shop.exists("data"))
  }
}

import Mappings
import Testing
import TimeZones

/// A mapping without mistakes; tests change one line of it.
let sound = """
  channel: shop
  input: csv
  csv: {delimiter: ";"}
  time_zone: Asia/Ho_Chi_Minh
  skip: [{when: '=state = "draft"', reason: draft}]
  group: {by: =number, within_rows: 10}
  events:
    - when: =state = 'paid'
      type: order.placed
      id: =concat('order-', number)
      time: =date(placed, 'dd/MM/yyyy')
      source: shop
      channel: web
      ids: {email: =mail}
      data:
        order_id: =number
        currency: VND
        total: =sum(rows, price)
        items:
          each: =rows
          sku: =sku
          quantity: 1
          price: =number(price)
  """

func mistakes(_ yaml: String) -> [String] {
  do {
    _ = try Mapping(yaml: yaml, file: "shop.yaml", shop: try shop())
    return []
  } catch let error as MappingFileError {
    return error.mistakes.map(\.description)
  } catch {
    return ["\(error)"]
  }
}

@Suite("Mapping files")
struct MappingFileTests {
  @Test("A sound mapping is taken as it says")
  func soundMapping() throws {
    let mapping = try Mapping(yaml: sound, file: "shop.yaml", shop: try shop())
    #expect(mapping.name == "shop" && mapping.input == .csv && mapping.zone.identifier == "Asia/Ho_Chi_Minh")
    #expect(mapping.csv == CSVOptions(delimiter: .character(UInt8(ascii: ";"))))
  }

  @Test(
    "A mistake is named with file, line and column",
    arguments: [
      (
        "channel: shop", "chanel: shop",
        "1:1: the mapping lacks the key `channel`|1:1: the mapping has no key `chanel`; did you mean `channel`?"
      ),
      ("channel: shop", "channel:", "1:9: there is no value for `channel`"),
      ("input: csv", "input: xml", "2:8: expected one of `csv`, `json` for `input`, found `xml`"),
      ("input: csv", "input: json", "3:6: `csv` is of no use in a mapping of JSON|6:8: `group` joins rows"),
      ("\";\"", "\"::\"", "3:18: expected one of `,`, `;`"),
      ("{delimiter: \";\"}", "{header: false}", "3:6: a file without a header line needs `columns`"),
      (
        "{delimiter: \";\"}", "{header: true, columns: [a]}", "3:30: a file with a header line names its columns itself"
      ),
      ("{delimiter: \";\"}", "{header: yes}", "3:15: expected true or false for `header`, found `yes`"),
      ("{delimiter: \";\"}", "{encoding: utf-16}", "3:17: expected one of `utf-8`, `latin-1` for `encoding`"),
      ("{delimiter: \";\"}", "[a]", "3:6: expected keys and values for `csv`"),
      ("Asia/Ho_Chi_Minh", "Asia/Saigon_City", "4:12: there is no time zone 'Asia/Saigon_City'"),
      ("'=state = \"draft\"'", "'=state == '", "5:26: expected a value, but the expression ends"),
      ("'=state = \"draft\"'", "true", "5:15: expected an expression for `when`; write `=true`"),
      (", reason: draft", "", "5:8: a `skip` rule lacks the key `reason`"),
      (
        "within_rows: 10", "within_rows: 0", "6:35: expected an integer from 1 to 10000000 for `within_rows`, found `0`"
      ),
      ("by: =number", "by: number", "6:13: expected an expression for `by`; write `=number`"),
      ("order.placed", "order", "9:11: `order` is no event type"),
      (
        "type: order.placed", "kind: order.placed",
        "9:5: an event rule has no key `kind`|8:5: an event rule lacks the key `type`"
      ),
      ("=concat('order-', number)", "order", "10:9: every event would have the same id"),
      (
        "=concat('order-', number)", "=cocnat('order-', number)",
        "10:10: there is no function `cocnat`; did you mean `concat`?"
      ),
      (
        "=concat('order-', number)", "'=concat(''a'', numb(1))'",
        "10:9: in the expression, column 13: there is no function `numb`"
      ),
      (
        "=concat('order-', number)", ">-\n      =concat('a',\n      numb(1))",
        "10:9: in the expression, column 13: there is no function `numb`"
      ),
      ("'dd/MM/yyyy'", "'dd/MM/QQQQ'", "11:25: the time pattern"),
      ("source: shop", "source: ''", "12:13: a source has 1 to 100 characters"),
      ("channel: web", "channel: shop", "13:14: `shop` is no value of `channel`; its values are web"),
      ("=mail", "[a]", "14:18: expected one value for `email`"),
      ("=mail", "=parent.mail", "14:19: there is no parent here"),
      ("=sum(rows, price)", "=sum(rows, parent.parent.price)", "18:25: there is no parent here"),
      ("sku: =sku", "sku: ~", "21:14: there is no value for `sku`"),
      ("each: =rows", "each: rows", "20:15: expected an expression for `each`; write `=rows`"),
      ("currency: VND", "currency: VND\n      currency: VND", "`currency` stands twice"),
      ("currency: VND", "currency: \"VND", "this is not YAML"),
      ("=state = 'paid'", "=map(a, {'b': 1})", "this is not YAML"),
      ("total: =sum(rows, price)", "total: {each: =rows}", "18:21: `each` needs the fields of an element beside it"),
    ])
  func mistake(original: String, changed: String, expected: String) throws {
    let yaml = sound.replacingFirst(original, by: changed)
    try #require(yaml != sound)
    let found = mistakes(yaml)
    for part in expected.split(separator: "|") {
      #expect(found.contains { $0.hasPrefix("shop.yaml:") && $0.contains(part) }, "\(changed): \(found)")
    }
  }

  @Test("All mistakes are reported at once, in the order of the file")
  func allAtOnce() throws {
    let found = mistakes(
      """
      input: cvs
      time_zone: Mars
      colour: red
      skip: [{when: 1}]
      events:
        - type: Order
          id: =lower(
          time: yesterday
          source: shop
          channel: web
          data: {a: {each: =x, b: =cout(c)}}
        - 7
      """)
    #expect(
      found.map { $0.split(separator: ":").prefix(3).joined(separator: ":") } == [
        "shop.yaml:1:1", "shop.yaml:1:8", "shop.yaml:2:12", "shop.yaml:3:1", "shop.yaml:4:8", "shop.yaml:4:15",
        "shop.yaml:6:11", "shop.yaml:7:16", "shop.yaml:8:11", "shop.yaml:11:30", "shop.yaml:12:5",
      ], "\(found)")
  }

  @Test("What is no mapping at all is refused", arguments: ["", "- a", "a", "a: b: c", "{", "--- \na: 1\n--- \nb: 2"])
  func noMapping(yaml: String) {
    #expect(!mistakes(yaml).isEmpty)
  }

  @Test("Aliases that multiply without bound are refused")
  func aliases() {
    let head = "channel: x\ninput: json\ntime_zone: UTC\n"
    func rule(_ data: String) -> String {
      "events: [{id: =a, type: a.b, time: =t, source: s, channel: web, data: \(data)}]\n"
    }
    var data = "{l0: &a0 {x: 1}"
    for level in 1...9 {
      data += ", l\(level): &a\(level) {" + (0..<9).map { "x\($0): *a\(level - 1)" }.joined(separator: ", ") + "}"
    }
    #expect(mistakes(head + rule(data + "}")).contains { $0.contains("more than 10000 parts") })
    #expect(mistakes(head + rule("{a: &a {x: 1}, b: *a}")).isEmpty)
  }

  @Test("A column that the file lacks is named with a suggestion, and no row is taken")
  func columns() throws {
    let mapping = try Mapping(yaml: sound, file: "shop.yaml", shop: try shop())
    let columns = try CSVColumns(["number", "state", "placed", "mial", "price", "sku"], line: 1)
    #expect(mapping.problems(with: columns) == ["shop.yaml:14: there is no column 'mail'; did you mean 'mial'?"])
    let found = try outcomes(of: "number;state;placed;mial;price;sku\n1;paid;01/02/2026;a;2;b\n", sound)
    #expect(
      found.map(\.shown) == ["failed in line 2: mapping.yaml:14: there is no column 'mail'; did you mean 'mial'?"])
  }

  @Test("Columns that the mapping names itself are checked when it is loaded")
  func ownColumns() {
    let yaml = sound.replacingFirst("{delimiter: \";\"}", by: "{columns: [number, state, placed, mail, price, skus]}")
    #expect(mistakes(yaml) == ["shop.yaml:21:1: there is no column 'sku'; did you mean 'skus'?"])
  }

  @Test("Every mapping that is shipped can be loaded")
  func shipped() throws {
    var names = ""
    Project.read("ls '\(Project.root)/schemas/mappings'") { names += String(decoding: $0, as: UTF8.self) }
    let files = names.split(separator: "\n")
    #expect(files.count >= 2)
    for file in files {
      let mapping = try Mapping(
        yaml: Project.text("schemas/mappings/\(file)"), file: String(file), shop: try shop())
      #expect(file.hasPrefix(mapping.name))
    }
  }
}

extension String {
  func replacingFirst(_ searched: String, by replacement: String) -> String {
    guard let range = firstRange(of: searched) else { return self }
    return replacingCharacters(in: range, with: replacement)
  }

  private func replacingCharacters(in range: Range<Index>, with replacement: String) -> String {
    var copy = self
    copy.replaceSubrange(range, with: replacement)
    return copy
  }
}

import Events
import Mappings
import Testing
import TimeZones

/// A channel without mistakes; tests change one part of it.
private let soundHook = """
  channel: hook
  description: A hook
  input: json
  time_zone: shop
  takes: =batch is not null
  documents: [=batch, =parts]
  let:
    who: =parent.user.id
    money: =upper(currency)
  kind: =type
  defaults:
    time: =iso_date(at)
    source: hook
    channel: web
    ids: {customer_id: =@who}
  skip:
    - {of: ping, reason: says nothing}
  events:
    - of: [sale, resale]
      when: =n > 0
      type: order.placed
      id: =id
      data: {order_id: =id, currency: =@money}
    - of: otherwise
      type: =concat('custom.', snake(type))
      id: =id
      data: =this
  """

@Suite("Mapping files of JSON channels")
struct ChannelFileTests {
  @Test("A sound channel is taken as it says")
  func soundChannel() throws {
    let mapping = try Mapping(yaml: soundHook, file: "shop.yaml", shop: try shop())
    #expect(mapping.name == "hook" && mapping.summary == "A hook" && mapping.input == .json)
    #expect(mapping.zone.identifier == "Asia/Ho_Chi_Minh" && mapping.currency?.code == "VND")
    #expect(mapping.kinds == ["sale", "resale", "ping"] && mapping.eventTypes == ["order.placed"])
  }

  @Test(
    "A mistake is named with file, line and column",
    arguments: [
      ("description: A hook", "description: [a]", "2:14: expected one value for `description`"),
      ("description: A hook", "description: =a", "2:14: expected a constant for `description`, not an expression"),
      ("time_zone: shop", "time_zone: shops", "4:12: there is no time zone 'shops'"),
      ("=batch is not null", "true", "5:8: expected an expression for `takes`; write `=true`"),
      ("=batch is not null", "=batch is not", "5:21: expected `null`, but the expression ends"),
      ("=batch is not null", "=@who is not null", "5:9: no `@who` stands before this in `let`"),
      ("=batch is not null", "=parent.a = 1", "5:9: there is no parent here"),
      ("[=batch, =parts]", "[=batch, parts]", "6:21: expected an expression for `documents`; write `=parts`"),
      ("[=batch, =parts]", "batch", "6:12: expected an expression for `documents`; write `=batch`"),
      ("[=batch, =parts]", "{a: =batch}", "6:12: expected one value for `documents`"),
      ("[=batch, =parts]", "[=batch, =parent.parent.x]", "6:22: there is no parent here"),
      ("[=batch, =parts]", "=coalesce(batch", "6:27: expected"),
      ("=parent.user.id", "user", "8:8: expected an expression for `who`; write `=user`"),
      ("=parent.user.id", "=@money", "8:9: no `@money` stands before this in `let`"),
      ("=parent.user.id", "=@who", "8:9: no `@who` stands before this in `let`"),
      ("=parent.user.id", "=parent.parent.parent.id", "8:9: there is no parent here"),
      ("=parent.user.id", "=usr(id)", "8:9: there is no function `usr`"),
      ("money: =upper(currency)", "who: =upper(currency)", "`who` stands twice"),
      ("kind: =type", "kind: type", "10:7: expected an expression for `kind`; write `=type`"),
      ("kind: =type", "kind: [=type]", "10:7: expected one value for `kind`"),
      ("kind: =type", "kinds: =type", "10:1: the mapping has no key `kinds`; did you mean `kind`?"),
      ("kind: =type\n", "", "18:3: `of` names kinds of documents"),
      ("time: =iso_date(at)", "of: sale", "12:3: `defaults` has no key `of`"),
      (
        "time: =iso_date(at)", "data: {}",
        "12:3: `defaults` has no key `data`|19:5: an event rule lacks the key `time`|24:5: an event rule lacks the key `time`"
      ),
      ("time: =iso_date(at)", "time: yesterday", "12:9: `yesterday` is no instant"),
      ("time: =iso_date(at)", "time: =iso_date(at, 1)", "12:23: "),
      ("time: =iso_date(at)", "time: =@whom", "12:10: no `@whom` stands before this in `let`; did you mean `@who`?"),
      ("channel: web", "channel: shop", "14:12: `shop` is no value of `channel`; its values are web"),
      ("{customer_id: =@who}", "[a]", "15:8: expected keys and values for `ids`"),
      ("{customer_id: =@who}", "{customer_id: {a: b}}", "15:22: expected one value for `customer_id`"),
      ("of: ping, reason", "reason", "17:5: a `skip` rule lacks the key `when` or `of`"),
      (", reason: says nothing", "", "17:5: a `skip` rule lacks the key `reason`"),
      ("{of: ping, reason: says nothing}", "{of: [ping, [a]], reason: x}", "17:17: expected one value for `of`"),
      (
        "{of: ping, reason: says nothing}", "{off: ping, reason: x}",
        "17:6: a `skip` rule has no key `off`; did you mean `of`?"
      ),
      ("of: [sale, resale]", "of: =type", "19:9: expected a constant for `of`, not an expression"),
      ("of: [sale, resale]", "of: {sale: 1}", "19:9: expected one value for `of`"),
      ("of: [sale, resale]", "of: ~", "19:9: there is no value for `of`"),
      ("of: [sale, resale]", "of: [sale, otherwise]", "19:16: `otherwise` stands alone"),
      ("of: [sale, resale]", "of: []", "19:9: expected at least one kind"),
      ("when: =n > 0", "when: n > 0", "20:11: expected an expression for `when`; write `=n > 0`"),
      ("=@money}", "=@mony}", "23:38: no `@mony` stands before this in `let`; did you mean `@money`?"),
      ("=@money}", "=@}", "23:39: expected a name of `let`"),
      ("data: =this", "data: this", "27:11: expected an expression for `data`; write `=this`"),
      ("data: =this", "data: [=this]", "27:11: expected keys and values for `data`"),
      ("data: =this", "data: =filter(this)", "27:12: "),
    ])
  func mistake(original: String, changed: String, expected: String) throws {
    let yaml = soundHook.replacingFirst(original, by: changed)
    try #require(yaml != soundHook)
    let found = mistakes(yaml)
    for part in expected.split(separator: "|") {
      #expect(found.contains { $0.hasPrefix("shop.yaml:") && $0.contains(part) }, "\(changed): \(found)")
    }
  }

  @Test(
    "What is for bodies of JSON only is a mistake in a mapping of rows",
    arguments: [
      ("takes: =a = 1", "`takes` is for bodies of JSON; rows have `skip`"),
      ("documents: =a", "`documents` splits bodies of JSON; rows are joined by `group`"),
    ])
  func rows(key: String, message: String) {
    let yaml = "channel: a\ninput: csv\ntime_zone: UTC\n\(key)\nevents:\n" + rule("")
    let column = (key.firstIndex(of: "=").map { key.distance(from: key.startIndex, to: $0) } ?? 0) + 1
    #expect(mistakes(yaml) == ["shop.yaml:4:\(column): \(message)"])
  }

  @Test("Names, kinds and defaults are for rows as well")
  func rowsWithKinds() throws {
    let yaml = """
      channel: a
      input: csv
      time_zone: UTC
      let: {number: "=concat('no-', id)"}
      kind: =state
      defaults: {time: =date(at), source: s, channel: pos}
      events:
        - {of: paid, type: a.b, id: =@number}
        - {of: otherwise, type: a.c, id: =@number, data: {state: =state}}
      """
    let found = try outcomes(of: "id,at,state\n1,2026-01-01T00:00:00Z,paid\n2,2026-01-01T00:00:00Z,new\n", yaml)
    let end = #""time":"2026-01-01T00:00:00Z","source":"s","channel":"pos""#
    #expect(
      found.map(\.shown) == [
        #"{"id":"no-1","type":"a.b",\#(end)}"#, #"{"id":"no-2","type":"a.c",\#(end),"data":{"state":"new"}}"#,
      ])
  }

  @Test(
    "However a built-in channel is damaged, it loads or says where its mistakes are", arguments: BuiltInChannels.names)
  func damaged(name: String) throws {
    let yaml = try #require(BuiltInChannels.yaml(of: name))
    let body = Array(try #require(BuiltInChannels.examples(of: name)).split(separator: "\n")[0].utf8)
    for seed in UInt64(0)..<12 {
      var random = SeededGenerator(seed: seed)
      let damaged = Self.damage(yaml, &random)
      do throws(MappingFileError) {
        let mapping = try Mapping(yaml: damaged, file: "shop.yaml", shop: Self.settings)
        // It is another mapping now; whatever it makes of a body, it makes something.
        let run = MappingRun(mapping, file: "f", received: received) { _ in "" }
        #expect(!run.bodies(of: body).isEmpty, "seed \(seed)")
      } catch {
        let lines = damaged.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
        let isInFile = error.mistakes.allSatisfy {
          1...(lines + 1) ~= $0.line && $0.column >= 1 && $0.file == "shop.yaml"
        }
        #expect(!error.mistakes.isEmpty && isInFile, "seed \(seed): \(error)")
        let places = error.mistakes.map { [$0.line, $0.column] }
        #expect(
          zip(places, places.dropFirst()).allSatisfy { !$1.lexicographicallyPrecedes($0) }, "seed \(seed): \(error)")
      }
    }
  }

  private static let settings: ShopSettings = {
    do { return try shop() } catch { fatalError("\(error)") }
  }()

  /// A few lines or bytes dropped, doubled, swapped or replaced.
  private static func damage(_ yaml: String, _ random: inout SeededGenerator) -> String {
    var text = yaml
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      text = Bool.random(using: &random) ? damageLine(text, &random) : damageByte(text, &random)
    }
    return text
  }

  private static func damageLine(_ yaml: String, _ random: inout SeededGenerator) -> String {
    var lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
    let (place, other) = (Int.random(in: lines.indices, using: &random), Int.random(in: lines.indices, using: &random))
    switch Int.random(in: 0..<4, using: &random) {
    case 0: lines.remove(at: place)
    case 1: lines.insert(lines[other], at: place)
    case 2: lines.swapAt(place, other)
    default: lines[place] = "  " + lines[place]
    }
    return lines.joined(separator: "\n")
  }

  private static func damageByte(_ yaml: String, _ random: inout SeededGenerator) -> String {
    var bytes = Array(yaml.utf8)
    let place = Int.random(in: bytes.indices, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(Array("={}[]:,'\"@#&*-|> \n\t()\u{E9}".utf8).randomElement(using: &random) ?? 0, at: place)
    default: bytes[place] = UInt8.random(in: 1...255, using: &random)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

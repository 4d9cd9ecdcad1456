import JSON
import Testing

@Suite("JSON parsing")
struct JSONParserTests {
  private func rewritten(_ text: String) throws -> String {
    let parser = JSONParser()
    var writer = JSONWriter()
    writer.value(try parser.parse(text.utf8))
    return writer.text
  }

  private func reason(_ text: String) -> JSONError.Reason? {
    reason(Array(text.utf8))
  }

  private func reason(_ bytes: [UInt8]) -> JSONError.Reason? {
    do {
      _ = try JSONParser().parse(bytes)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("A document is written back minified, with member order and number texts kept")
  func roundTrip() throws {
    let text = #" { "b" : [1, 2.50, -0e+3, 123456789012345678901234567890 ] , "a":{"x":null,"":true} ,"c":false } "#
    #expect(
      try rewritten(text) == #"{"b":[1,2.50,-0e+3,123456789012345678901234567890],"a":{"x":null,"":true},"c":false}"#)
  }

  @Test(
    "Escapes are resolved and only those that JSON needs are written",
    arguments: [
      (#""Nguy\u1ec5n""#, #""Nguyễn""#), (#""\ud83d\ude00\/""#, #""😀/""#),
      (#""a\"b\\c\n\u0001""#, #""a\"b\\c\n\u0001""#),
      (#"{"k\u0065y":"v"}"#, #"{"key":"v"}"#),
    ])
  func escapes(sent: String, written: String) throws {
    #expect(try rewritten(sent) == written)
  }

  @Test(
    "A text that is not one JSON document is refused with its reason",
    arguments: [
      ("", .empty), ("   ", .empty), ("{", .syntax), ("[1,]", .syntax), (#"{"a":1,}"#, .syntax), (#"{"a" 1}"#, .syntax),
      (#"{"a":1 "b":2}"#, .syntax), ("[1 2]", .syntax), ("{1:2}", .syntax), ("]", .syntax), ("nul", .syntax),
      ("truex", .syntax),
      ("[truex]", .syntax), ("'a'", .syntax), ("01", .numberForm), ("[01]", .numberForm), ("[1.]", .numberForm),
      ("[+1]", .syntax),
      ("[1e]", .numberForm), ("[.5]", .syntax), ("[NaN]", .syntax), (#"["a"#, .unclosedString),
      ("[\"a\u{1}\"]", .controlCharacter),
      (#"["\x"]"#, .escape), (#"["\ud800"]"#, .escape), (#"{"a":1,"a":2}"#, .duplicateKey),
      (#"{"a":1,"\u0061":2}"#, .duplicateKey),
      (#"{"a":1} x"#, .trailing), (#"{"a":1}{"b":2}"#, .trailing), ("[1]]", .trailing), ("1 2", .trailing),
      (#""a" "b""#, .trailing), ("true false", .trailing),
    ] as [(String, JSONError.Reason)])
  func refused(text: String, expected: JSONError.Reason) {
    let found = reason(text)
    #expect(found != nil, "\(text) was taken")
    // simdjson may see a structural mistake before the one that a person would name.
    #expect(found == expected || found == .syntax, "\(text): \(String(describing: found))")
  }

  /// A blank before a document keeps it from being read in one pass.
  @Test("Documents without blanks and escapes are judged and read as others are", arguments: 0..<8)
  func plain(seed: Int) throws {
    let documents = [
      #"{"id":"9ac0c534-46da-4204-8a72-b2001299d65c","n":[1,-2.50e+3,0],"data":{"name":"Đức","x":{}},"ok":true}"#,
      #"[[],{},"",{"a":null,"b":[false,{"sku":"ARA-1000","price":185000}]},"a text that is longer than a register"]"#,
    ].map { Array($0.utf8) }
    let bytes = Array(#"{}[]":,\/0-19.eEtfn aàĐ"#.utf8) + [0, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xFF]
    var generator = SplitMix(state: UInt64(seed))
    for document in documents {
      try expectSame(document)
      for end in document.indices { try expectSame(Array(document[..<end])) }
      for _ in 0..<500 {
        var changed = document
        for _ in 0...seed % 3 {
          changed[Int.random(in: changed.indices, using: &generator)] = bytes.randomElement(using: &generator) ?? 0
        }
        try expectSame(changed)
      }
    }
  }

  private func expectSame(_ document: [UInt8]) throws {
    let (plain, other) = (reason(document), reason([0x20] + document))
    #expect(plain == other, "\(document)")
    guard plain == nil, other == nil else { return }
    let (first, second) = (JSONParser(), JSONParser())
    var (one, two) = (JSONWriter(), JSONWriter())
    one.value(try first.parse(document))
    two.value(try second.parse([0x20] + document))
    #expect(one.text == two.text)
  }

  @Test("Bytes that are not UTF-8 are refused")
  func notUTF8() {
    #expect(reason([0x22, 0xC3, 0x28, 0x22]) == .notUTF8)
    #expect(reason([0x22, 0xED, 0xA0, 0x80, 0x22]) == .notUTF8)
  }

  @Test("Nesting up to the limit is taken and one level more is refused")
  func depth() {
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(reason(nested(JSONParser.depthMax)) == nil)
    #expect(reason(nested(JSONParser.depthMax + 1)) == .tooDeep)
    #expect(reason(nested(10_000)) == .tooDeep)
  }

  @Test("A key named twice is found among many as among few")
  func duplicateAmongMany() {
    let keys = (0..<300).map { "\"k\($0)\":1" }
    #expect(reason("{" + keys.joined(separator: ",") + "}") == nil)
    #expect(reason("{" + (keys + ["\"k7\":2"]).joined(separator: ",") + "}") == .duplicateKey)
  }

  @Test("Members are found by name and elements in order")
  func access() throws {
    let parser = JSONParser()
    let root = try parser.parse(#"{"a":[1,{"b":"x"},[2,3]],"z":null}"#.utf8)
    let array = try #require(root["a"])
    #expect(array.count == 3)
    #expect(array.elements.map(\.kind) == [.number, .object, .array])
    #expect(array.elements.dropFirst().first { _ in true }?["b"]?.string == "x")
    #expect(root["z"]?.isNull == true)
    #expect(root["none"] == nil)
  }

  @Test("Equivalence ignores member order and the spelling of strings, and nothing else")
  func equivalence() throws {
    func equal(_ a: String, _ b: String) throws -> Bool {
      let left = JSONParser()
      let right = JSONParser()
      return try left.parse(a.utf8).isEquivalent(to: try right.parse(b.utf8)) { _, _ in false }
    }
    #expect(try equal(#"{"a":1,"b":[true,"\u0041"]}"#, #"{ "b":[true,"A"], "a":1}"#))
    #expect(try !equal(#"{"a":1}"#, #"{"a":1.0}"#))
    #expect(try !equal(#"{"a":1}"#, #"{"b":1}"#))
    #expect(try !equal("[1,2]", "[2,1]"))
    #expect(try !equal(#"{"a":1}"#, #"{"a":1,"b":1}"#))
  }
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

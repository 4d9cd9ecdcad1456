import Mappings
import Testing

@Suite("Bodies of a channel and the documents in them")
struct BodyTests {
  @Test("A body that is not this sender's is refused and says so; those around it are taken")
  func takes() throws {
    let keys = "takes: =kind = 'order' or order is not null\nevents:\n" + rule("data: {n: =n}")
    let refused = "failed in line 1: this is no body of the channel 'test'; see `takes` in its mapping"
    #expect(
      try told(#"[{"id":1,"kind":"order"},{"id":2},{"id":3,"order":{},"n":3},{"id":4,"order":null}]"#, keys)
        == ["1", refused, #"3 {"n":3}"#, refused])
    let failing = "takes: =kind > 1 and n / 0 = 1\nevents:\n" + rule("")
    #expect(try told(#"{"id":1,"kind":2,"n":1}"#, failing)[0].hasPrefix("failed in line 1: takes: "))
    #expect(try told(#"{"id":1,"kind":2,"n":1}"#, "takes: =kind\nevents:\n" + rule(""))[0].contains("takes: "))
  }

  @Test("Without `documents` the body is the document, and an array of bodies holds one in each element")
  func noDocuments() throws {
    let keys = "events:\n" + rule("data: {n: =n, above: =parent.n}")
    #expect(mistakes(channel(keys)).map { $0.hasSuffix("there is no parent here") } == [true])
    let alone = "events:\n" + rule("data: {n: =n}")
    #expect(try told(#"{"id":1,"n":1}"#, alone) == [#"1 {"n":1}"#])
    #expect(try told(#"[{"id":1,"n":1},{"id":2}]"#, alone) == [#"1 {"n":1}"#, "2"])
    #expect(try told("[]", alone) == ["filtered: the array is empty"])
    #expect(
      try told(#"[[{"id":1}],"x",null]"#, alone) == [
        "failed in line 1: a body must be a JSON object, and this is an array within an array",
        "failed in line 1: a body must be a JSON object, and this is a text",
        "failed in line 1: a body must be a JSON object, and this is null",
      ])
  }

  @Test("`documents` gives a document for each element of a list, one for a record, and an error for nothing")
  func documents() throws {
    let keys = "documents: =orders\nevents:\n" + rule("data: {shop: =parent.shop}")
    #expect(
      try told(#"{"shop":"A","orders":[{"id":1},{"id":2}]}"#, keys) == [#"1 {"shop":"A"}"#, #"2 {"shop":"A"}"#])
    #expect(try told(#"{"shop":"A","orders":{"id":1}}"#, keys) == [#"1 {"shop":"A"}"#])
    #expect(try told(#"{"orders":[]}"#, keys) == ["filtered: there is nothing in it"])
    #expect(try told(#"{"orders":null}"#, keys) == ["failed in line 1: documents: there is nothing"])
    #expect(try told("{}", keys) == ["failed in line 1: documents: there is nothing"])
    #expect(
      try told(#"{"orders":"x"}"#, keys) == ["failed in line 1: a document must be a JSON object, and this is a text"])
    #expect(
      try told(#"{"orders":[[{"id":1}]]}"#, keys)
        == ["failed in line 1: a document must be a JSON object, and this is a list"])
  }

  @Test("Of the elements of a list those that are no objects are refused, and the others are taken")
  func noObjects() throws {
    let keys = "documents: =orders\nevents:\n" + rule("")
    #expect(
      try told(#"{"orders":[{"id":1},7,{"id":2},null]}"#, keys) == [
        "1", "failed in line 1: a document must be a JSON object, and this is a number", "2",
        "failed in line 1: a document must be a JSON object, and this is null",
      ])
  }

  @Test("An expression that gives the body itself makes it the document, with nothing around it")
  func itself() throws {
    let keys = "documents: =coalesce(batch, this)\nevents:\n" + rule("data: {n: =n, above: =parent.n}")
    #expect(try told(#"{"id":1,"n":1}"#, keys) == [#"1 {"n":1}"#])
    #expect(try told(#"{"n":1,"batch":[{"id":2,"n":2}]}"#, keys) == [#"2 {"n":2,"above":1}"#])
  }

  @Test("Steps of `documents` go inwards in the order of the body, each with what is around it", arguments: 0..<30)
  func steps(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let keys =
      "documents: [=groups, =this.orders, =lines]\nevents:\n"
      + rule("data: {order: =parent.order, group: =parent.parent.group, shop: =parent.parent.parent.shop}")
    var expected: [String] = []
    let groups = (0..<Int.random(in: 1...3, using: &random)).map { group in
      let orders = (0..<Int.random(in: 0...3, using: &random)).map { order in
        let lines = (0..<Int.random(in: 0...3, using: &random)).map { line in
          let id = "\(group)-\(order)-\(line)"
          expected.append(#"\#(id) {"order":\#(order),"group":\#(group),"shop":"A"}"#)
          return #"{"id":"\#(id)"}"#
        }
        // One document need not be in a list.
        let inner = lines.count == 1 ? lines[0] : "[" + lines.joined(separator: ",") + "]"
        return #"{"order":\#(order),"lines":\#(inner)}"#
      }
      return #"{"group":\#(group),"orders":[\#(orders.joined(separator: ","))]}"#
    }
    let body = #"{"shop":"A","groups":[\#(groups.joined(separator: ","))]}"#
    let found = try told(body, keys)
    #expect(found == (expected.isEmpty ? ["filtered: there is nothing in it"] : expected), "seed \(seed): \(body)")
  }

  @Test("The first document of a body counts its lines, and all of them have one original: the whole body")
  func oneBody() throws {
    let body = #"{"orders":[{"id":1},{"id":null},{"id":3}]}"#
    let found = try bodies(ofJSON: body, channel("documents: =orders\nevents:\n" + rule("")), line: 7)
    #expect(found.count == 1 && found[0].outcomes.count == 3)
    #expect(found[0].origin.lines == 7...7 && found[0].origin.lineCount == 1)
    #expect(String(decoding: found[0].origin.source(), as: UTF8.self) == body)
  }
}

@Suite("Bodies with the headers that they came with")
struct HeaderTests {
  private let keys = """
    takes: =header('x-topic') is not null or topic is not null
    events:
    \(rule("data: {topic: \"=coalesce(header('X-TOPIC'), topic)\", other: \"=header('x-other')\", count: \"=header('X-Count')\"}"))
    """

  @Test("A header is found in any letter case, and the body may be an object or a JSON text")
  func headers() throws {
    let text = #""{\"id\":1,\"topic\":\"unused\"}""#
    for body in [#"{"id":1}"#, text] {
      for name in ["X-Topic", "x-topic", "X-TOPIC"] {
        #expect(
          try told(
            #"{"headers":{"\#(name)":"orders/create","X-Other":["first","second"],"x-count":3},"body":\#(body)}"#, keys)
            == [#"1 {"topic":"orders/create","other":"first","count":"3"}"#])
        #expect(
          try told(#"{"body":\#(body),"headers":{"\#(name)":"t"}}"#, keys) == [#"1 {"topic":"t"}"#])
      }
    }
  }

  @Test("A body that is a list, or a text of one, holds a body in each element, all with the headers")
  func lists() throws {
    for body in [#"[{"id":1},{"id":2}]"#, #""[{\"id\":1}, {\"id\":2}]""#] {
      #expect(
        try told(#"{"headers":{"X-Topic":"t"},"body":\#(body)}"#, keys)
          == [#"1 {"topic":"t"}"#, #"2 {"topic":"t"}"#])
    }
    #expect(try told(#"{"headers":{"X-Topic":"t"},"body":[]}"#, keys) == ["filtered: there is nothing in it"])
  }

  @Test("Of a list of bodies those that are none are refused, and the others are taken")
  func badElements() throws {
    #expect(
      try told(#"{"headers":{},"body":[{"id":1,"topic":"t"},7,{"id":2},{"id":3,"topic":"u"}]}"#, keys) == [
        #"1 {"topic":"t"}"#, "failed in line 1: a body must be a JSON object, and this is a number",
        "failed in line 1: this is no body of the channel 'test'; see `takes` in its mapping", #"3 {"topic":"u"}"#,
      ])
  }

  @Test("Headers of one body are not those of the next")
  func forgotten() throws {
    let bodies = #"[{"headers":{"X-Topic":"t"},"body":{"id":1}},{"id":2,"topic":"own"},{"headers":{},"body":{"id":3}}]"#
    #expect(
      try told(bodies, keys) == [
        #"1 {"topic":"t"}"#, #"2 {"topic":"own"}"#,
        "failed in line 1: this is no body of the channel 'test'; see `takes` in its mapping",
      ])
  }

  @Test("A text that is no JSON is refused; what only looks like a recorded body is a body")
  func noBody() throws {
    #expect(
      try told(#"{"headers":{},"body":"{"}"#, keys)[0].hasPrefix("failed in line 1: the body is no JSON: "))
    #expect(
      try told(#"{"headers":{},"body":null}"#, keys)
        == ["failed in line 1: a body must be a JSON object, and this is null"])
    let own = "events:\n" + rule("data: {body: =body}")
    #expect(try told(#"{"headers":{},"body":"text","id":1}"#, own) == [#"1 {"body":"text"}"#])
    #expect(
      try told(#"{"headers":[],"body":"text"}"#, "events:\n" + rule("data: {body: =body}", id: "=coalesce(id, 7)"))
        == [#"7 {"body":"text"}"#])
  }

  @Test("A body is the same with and without headers if the mapping asks for none", arguments: 0..<10)
  func same(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let bodies = (0..<5).map { #"{"id":\#($0),"n":\#(Int.random(in: 0...99, using: &random)),"s":"\"\\\u00e9\n"}"# }
    let keys = "events:\n" + rule("data: =this")
    for body in bodies {
      let text = body.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      let plain = try told(body, keys)
      #expect(try told(#"{"headers":{"A":"b"},"body":\#(body)}"#, keys) == plain, "seed \(seed)")
      #expect(try told(#"{"headers":{},"body":"\#(text)"}"#, keys) == plain, "seed \(seed)")
    }
  }
}

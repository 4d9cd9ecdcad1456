import CYAML

/// Reads a YAML text of at most one document; nil when it holds none. Keys that stand twice in a mapping, unknown aliases
/// and further documents are errors. O(bytes); an alias costs nothing, whatever it names.
package func compose(yaml text: String) throws(YAMLError) -> Node? {
  var bytes = Array(text.utf8)
  let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  defer { parser.deallocate() }
  guard yaml_parser_initialize(parser) == 1 else { fatalError("out of memory for a YAML parser") }
  defer { yaml_parser_delete(parser) }
  var result: Result<Node?, YAMLError> = .success(nil)
  bytes.withUnsafeMutableBufferPointer { buffer in
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
    var composer = Composer(parser: parser)
    do throws(YAMLError) { result = .success(try composer.document()) } catch { result = .failure(error) }
  }
  return try result.get()
}

/// Builds nodes from the parser's events.
private struct Composer {
  /// Nested deeper than this, a text is refused.
  private static let depthMax = 64

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var anchors: [String: Node] = [:]

  init(parser: UnsafeMutablePointer<yaml_parser_t>) { self.parser = parser }

  mutating func document() throws(YAMLError) -> Node? {
    _ = try next()
    guard case .documentStart = try next() else { return nil }
    let root = try node(try next(), depth: 0)
    _ = try next()
    if case .documentStart(let mark) = try next() {
      throw YAMLError(reason: "a second document begins here; one is expected", mark: mark)
    }
    return root
  }

  private mutating func node(_ event: Event, depth: Int) throws(YAMLError) -> Node {
    switch event {
    case .alias(let name, let mark):
      guard let node = anchors[name] else { throw YAMLError(reason: "nothing is anchored as '\(name)'", mark: mark) }
      return node
    case .scalar(let scalar, let anchor): return remember(.scalar(scalar), anchor)
    case .sequenceStart(let anchor, let mark):
      return remember(.sequence(try elements(depth: try deeper(depth, mark)), mark), anchor)
    case .mappingStart(let anchor, let mark):
      return remember(.mapping(try pairs(depth: try deeper(depth, mark)), mark), anchor)
    case .end(let mark), .documentStart(let mark): throw YAMLError(reason: "a value is missing", mark: mark)
    }
  }

  private func deeper(_ depth: Int, _ mark: Mark) throws(YAMLError) -> Int {
    guard depth < Self.depthMax else {
      throw YAMLError(reason: "values are nested deeper than \(Self.depthMax) levels", mark: mark)
    }
    return depth + 1
  }

  private mutating func remember(_ node: Node, _ anchor: String?) -> Node {
    if let anchor { anchors[anchor] = node }
    return node
  }

  private mutating func elements(depth: Int) throws(YAMLError) -> [Node] {
    var elements: [Node] = []
    while true {
      let event = try next()
      if case .end = event { return elements }
      elements.append(try node(event, depth: depth))
    }
  }

  private mutating func pairs(depth: Int) throws(YAMLError) -> [(key: Node, value: Node)] {
    var pairs: [(key: Node, value: Node)] = []
    var names: Set<String> = []
    while true {
      let event = try next()
      if case .end = event { return pairs }
      let key = try node(event, depth: depth)
      if let name = key.string, !names.insert(name).inserted {
        throw YAMLError(reason: "the key `\(name)` stands twice in this mapping", mark: key.mark)
      }
      pairs.append((key, try node(try next(), depth: depth)))
    }
  }

  private enum Event {
    case documentStart(Mark)
    case scalar(Node.Scalar, anchor: String?)
    case sequenceStart(anchor: String?, Mark)
    case mappingStart(anchor: String?, Mark)
    case alias(String, Mark)
    /// Of a sequence, a mapping, the document or the text.
    case end(Mark)
  }

  private func next() throws(YAMLError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    let mark = Mark(event.start_mark)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart(mark)
    case YAML_SCALAR_EVENT: return .scalar(scalar(event.data.scalar, mark), anchor: name(event.data.scalar.anchor))
    case YAML_SEQUENCE_START_EVENT: return .sequenceStart(anchor: name(event.data.sequence_start.anchor), mark)
    case YAML_MAPPING_START_EVENT: return .mappingStart(anchor: name(event.data.mapping_start.anchor), mark)
    case YAML_ALIAS_EVENT: return .alias(name(event.data.alias.anchor) ?? "", mark)
    default: return .end(mark)
    }
  }

  private func scalar(_ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, _ mark: Mark) -> Node.Scalar {
    let text = UnsafeBufferPointer(start: data.value, count: data.length)
    return Node.Scalar(string: String(decoding: text, as: UTF8.self), style: .init(data.style), mark: mark)
  }

  private func name(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }

  private func failure() -> YAMLError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "it cannot be read"
    let context = state.context.map { String(cString: $0) + ": " } ?? ""
    return YAMLError(reason: context + problem, mark: Mark(state.problem_mark))
  }
}

extension Mark {
  fileprivate init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}

extension Node.Scalar.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}

import Glibc

/// Finds where rows end in bytes that arrive in chunks of any size. Memory O(longest row).
struct CSVRowSplitter {
  /// The bytes of one row, valid only during the call that hands them over.
  struct RawRow {
    let bytes: UnsafeBufferPointer<UInt8>
    let line: Int
    let lineCount: Int
    let isTooLong: Bool
    /// The line in which a quote opened that never closed.
    let unclosedQuoteLine: Int?
  }

  enum State {
    case cellStart, plain, quoted
    /// After a quote within quotes: it closes them, unless another follows.
    case quoteInQuotes
  }

  let delimiter: UInt8?
  var state = State.cellStart
  /// The row so far, as much of it as lay in former chunks.
  private var pending: [UInt8] = []
  private var isTooLong = false
  private var endsWithNewline = false
  var line: Int
  private var rowLine: Int
  var quoteLine: Int
  /// How many bytes of a byte order mark have been seen; nil after the first byte that is none.
  var byteOrderMarkCount: Int? = 0

  /// - Parameter delimiter: nil where quotes are ordinary characters.
  init(delimiter: UInt8?, firstLine: Int = 1) {
    self.delimiter = delimiter
    (line, rowLine, quoteLine) = (firstLine, firstLine, firstLine)
  }

  mutating func feed(_ chunk: UnsafeBufferPointer<UInt8>, _ take: (RawRow) -> Void) {
    var rest = UnsafeBufferPointer(rebasing: chunk[skipByteOrderMark(in: chunk)...])
    while let base = rest.baseAddress, rest.count > 0 {
      guard let newline = memchr(base, 0x0A, rest.count) else { return keep(rest) }
      let count = UnsafeRawPointer(newline) - UnsafeRawPointer(base)
      endLine(UnsafeBufferPointer(rebasing: rest[..<count]), take)
      rest = UnsafeBufferPointer(rebasing: rest[(count + 1)...])
    }
  }

  /// Hands over the last row if no line break ended it.
  mutating func finish(_ take: (RawRow) -> Void) {
    if let count = byteOrderMarkCount { keepBytes(Self.byteOrderMark.prefix(count)) }
    byteOrderMarkCount = nil
    guard !pending.isEmpty || isTooLong else { return }
    let isUnclosed = state == .quoted
    let lineCount = line - rowLine + (endsWithNewline ? 0 : 1)
    pending.withUnsafeBufferPointer {
      handOver($0, lineCount: lineCount, unclosedQuoteLine: isUnclosed ? quoteLine : nil, take)
    }
    reset()
  }
}

extension CSVRowSplitter {
  /// A line without its line break, complete.
  private mutating func endLine(_ text: UnsafeBufferPointer<UInt8>, _ take: (RawRow) -> Void) {
    scan(text)
    if state == .quoted {
      append(text)
      append(CollectionOfOne(0x0A))
      endsWithNewline = true
      line += 1
      return
    }
    let lineCount = line - rowLine + 1
    if pending.isEmpty {
      handOver(text, lineCount: lineCount, unclosedQuoteLine: nil, take)
    } else {
      append(text)
      pending.withUnsafeBufferPointer { handOver($0, lineCount: lineCount, unclosedQuoteLine: nil, take) }
    }
    line += 1
    reset()
  }

  /// The beginning of a line whose end has not arrived yet.
  private mutating func keep(_ text: UnsafeBufferPointer<UInt8>) {
    scan(text)
    append(text)
    endsWithNewline = false
  }

  mutating func keepBytes(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    if !bytes.isEmpty { bytes.withUnsafeBufferPointer { keep($0) } }
  }

  private mutating func append(_ bytes: some Collection<UInt8>) {
    let room = CSVOptions.rowLengthMax + 1 - pending.count
    pending.append(contentsOf: bytes.prefix(max(0, room)))
    if bytes.count > room { isTooLong = true }
  }

  private mutating func reset() {
    pending.removeAll(keepingCapacity: true)
    state = .cellStart
    isTooLong = false
    endsWithNewline = false
    rowLine = line
  }

  private func handOver(
    _ text: UnsafeBufferPointer<UInt8>, lineCount: Int, unclosedQuoteLine: Int?, _ take: (RawRow) -> Void
  ) {
    let hasReturn = text.last == 0x0D && unclosedQuoteLine == nil && !isTooLong
    let row = UnsafeBufferPointer(rebasing: hasReturn ? text.dropLast() : text[...])
    let isTooLong = isTooLong || row.count > CSVOptions.rowLengthMax
    take(
      RawRow(
        bytes: UnsafeBufferPointer(rebasing: row.prefix(CSVOptions.rowLengthMax)), line: rowLine, lineCount: lineCount,
        isTooLong: isTooLong, unclosedQuoteLine: unclosedQuoteLine))
  }
}

import BinaryCoding
import KeyValueStore

extension EventLog {
  /// Calls `body` with the rejects from number `first` on, in order, until it returns false.
  /// Copies a page of rows at a time, so a slow `body` holds no transaction open.
  package func forEachReject(
    from first: UInt64 = 1, _ body: (_ number: UInt64, _ reject: Reject) throws -> Bool
  ) throws {
    var next = first
    while true {
      let page = try rejects(from: next, limit: 64)
      for (number, reject) in page where try !body(number, reject) { return }
      guard let last = page.last else { return }
      next = last.number + 1
    }
  }

  /// The reject of that number, or nil.
  package func reject(_ number: UInt64) throws(LogError) -> Reject? {
    let page = try rejects(from: number, limit: 1)
    return page.first?.number == number ? page.first?.reject : nil
  }

  private func rejects(from first: UInt64, limit: Int) throws(LogError) -> [(number: UInt64, reject: Reject)] {
    var page: [(number: UInt64, reject: Reject)] = []
    try read { (transaction) throws(LogError) in
      try transaction.forEachRecord(in: rejects, from: first) { (number, content) throws(LogError) in
        page.append((number, try Self.reject(number, content)))
        return page.count < limit
      }
    }
    return page
  }

  /// The reject in the content of a record, which is nil if it is damaged.
  static func reject(_ number: UInt64, _ content: UnsafeRawBufferPointer?) throws(LogError) -> Reject {
    guard let content else {
      throw .damaged(position: 0, what: "the checksum of reject \(number) does not match its bytes")
    }
    do { return try Reject(content) } catch { throw .damaged(position: 0, what: "reject \(number): \(error)") }
  }
}

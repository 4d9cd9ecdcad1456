import KeyValueStore

/// Whether all has been done for a generation to be live.
extension Generation {
  private static let finishedKey = Array("finished".utf8)

  func markFinished(_ isFinished: Bool = true) throws(ProjectionError) {
    try projectionErrors {
      var transaction = try environment.beginWrite()
      let (key, value) = (Self.finishedKey, [UInt8(1)])
      if isFinished {
        try transaction.put(value.span.bytes, forKey: key.span.bytes, in: tables.meta)
      } else {
        try transaction.delete(key: key.span.bytes, in: tables.meta)
      }
      try transaction.commit()
    }
  }

  /// Whether the generation in a file, which this process must not have open, was finished. One that cannot be read was
  /// not.
  static func isFinished(path: String) throws(ProjectionError) -> Bool {
    do {
      let environment = try Environment.open(path: path, options: .init(readOnly: true))
      defer { environment.close() }
      let meta = try environment.openTable("meta", create: false)
      let key = finishedKey
      return try environment.read { transaction throws(StoreError) in
        try transaction.contains(key: key.span.bytes, in: meta)
      }
    } catch {
      guard [.corrupted, .tableMissing, .notFound, .versionMismatch].contains(error.code) else { throw .store(error) }
      return false
    }
  }
}

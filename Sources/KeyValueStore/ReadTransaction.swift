/// A snapshot of the whole environment, lent by `Environment.read`. It is used by one thread at a time.
package struct ReadTransaction: ~Copyable {
  let environment: Environment
  let pointer: OpaquePointer

  deinit { environment.endReader(pointer) }
}

extension ReadTransaction: Reading {
  package var reference: TransactionReference {
    TransactionReference(pointer: pointer, isWriting: false, environment: environment)
  }
}

@available(*, unavailable, message: "A transaction is used by one thread at a time.")
extension ReadTransaction: Sendable {}

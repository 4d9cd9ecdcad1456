import BinaryCoding
import ReadModels

extension FuzzTarget {
  /// Rows of read models. The first byte chooses the state and the form. What is read of a row is written so that it is read
  /// again as the same, and then in the same bytes.
  static let rows = FuzzTarget(name: "rows") {
    { input in
      guard let first = input.first else { return }
      let form = RowForm.current - UInt32(first >> 4) % (RowForm.current - RowForm.oldestReadable + 1)
      try input.dropFirst().withUnsafeBytes { row in
        if first & 15 == 15 { return try readPerson(row, form: form) }
        try readers[Int(first & 15) % readers.count](row, form)
      }
    }
  } seeds: {
    (0...15).flatMap { state in
      [0, 1, 2, 3, 4].map { form in [UInt8(form << 4 | state)] + [UInt8](repeating: 0, count: 40) }
    }
  }

  private static let readers: [@Sendable (UnsafeRawBufferPointer, UInt32) throws -> Void] = [
    { try read(OrderState.self, $0, form: $1) }, { try read(TicketState.self, $0, form: $1) },
    { try read(MessageState.self, $0, form: $1) }, { try read(CreditState.self, $0, form: $1) },
    { try read(IdentifierState.self, $0, form: $1) }, { try read(LinkState.self, $0, form: $1) },
    { try read(DecisionState.self, $0, form: $1) }, { try read(CampaignState.self, $0, form: $1) },
    { try read(ProductState.self, $0, form: $1) }, { try read(ProductPairState.self, $0, form: $1) },
  ]

  private static func read<State: FoldState>(
    _: State.Type, _ row: UnsafeRawBufferPointer, form: UInt32
  ) throws {
    guard let state = try? State.decode(row, form: form) else { return }
    let written = state.encoded()
    do {
      let again = try written.withUnsafeBytes { try State.decode($0) }
      try promise(again.encoded() == written, "a row of \(State.self) is written otherwise when it was read: \(state)")
    } catch let error as CodingError {
      throw BrokenPromise("what was written of \(state) cannot be read: \(error)")
    }
  }

  private static func readPerson(_ row: UnsafeRawBufferPointer, form: UInt32) throws {
    _ = try? Person.purchases(ofStored: row, form: form)
    _ = try? Person.identifiers(ofStored: row, form: form)
    guard let person = try? Person(decoding: row, form: form) else { return }
    let written = person.encoded()
    do {
      let again = try written.withUnsafeBytes { try Person(decoding: $0) }
      try promise(again.encoded() == written, "the row of a person is written otherwise when it was read: \(person)")
    } catch let error as CodingError {
      throw BrokenPromise("what was written of \(person) cannot be read: \(error)")
    }
  }
}

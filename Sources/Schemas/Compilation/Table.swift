/// A table that never changes after it was filled.
///
/// Sendable: nobody writes to the storage after `init`, and what it may point to is kept unchanged by the program's
/// documents. Reading through `elements` needs no reference counting; the table must outlive the reader.
final class Table<Element: BitwiseCopyable>: @unchecked Sendable {
  let elements: UnsafeBufferPointer<Element>

  init(_ content: [Element]) {
    let storage = UnsafeMutableBufferPointer<Element>.allocate(capacity: content.count)
    _ = storage.initialize(from: content)
    elements = UnsafeBufferPointer(storage)
  }

  deinit { elements.deallocate() }
}

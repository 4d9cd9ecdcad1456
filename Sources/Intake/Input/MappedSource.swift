import Events
import Mappings

/// Files whose rows or documents a mapping turns into events, read one after the other.
///
/// Rows are mapped in their order on one thread; checking the events that come of it is spread over several.
final class MappedSource: InputSource {
  let inputName: String
  private let mapping: Mapping
  private let now: @Sendable () -> Instant
  private var paths: ArraySlice<String>
  private var current: MappedFile?
  private var bytesOfFinished = 0

  init(paths: [String], mapping: Mapping, now: @escaping @Sendable () -> Instant) {
    self.paths = paths[...]
    self.mapping = mapping
    self.now = now
    inputName = mapping.name
  }

  func next() throws -> LineChunk? {
    while true {
      if current == nil {
        guard let path = paths.popFirst() else { return nil }
        current = try MappedFile(path: path, mapping: mapping, now: now())
      }
      if var chunk = try current?.next() {
        chunk.bytesTaken = bytesOfFinished + (current?.bytesTaken ?? 0)
        return chunk
      }
      bytesOfFinished += current?.bytesTaken ?? 0
      current = nil
    }
  }
}

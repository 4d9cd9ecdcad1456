import Compression
import Events
import JSON
import KeyValueStore

/// Every record of a log file whose checksum is right, by what it is. A record may be there several times, as old pages keep what
/// they held; records of the same number with different contents are all kept.
struct SalvagedRecords {
  typealias Place = PageScan.Place

  /// Sealed blocks by the position of their first event, with how many events they hold.
  private(set) var blocks: [Position: [(place: Place, count: Int)]] = [:]
  private(set) var tail: [Position: [Place]] = [:]
  private(set) var rejects: [UInt64: [Place]] = [:]
  /// The newest of the states of the log, of which old pages hold former ones.
  private(set) var state: LogState?

  private var checksums: [UInt64: Set<UInt64>] = [:]
  private let decompressor = ZstandardDecompressor()
  private let parser = JSONParser()

  /// Reads the whole file. O(file).
  init(_ scan: borrowing PageScan) {
    scan.forEachEntry { key, value, place in
      guard let content = Record.content(of: value, key: key) else { return }
      let checksum = value.loadUnaligned(as: UInt64.self)
      guard checksums[key, default: []].insert(checksum).inserted else { return }
      take(key, content, place)
    }
  }

  /// Takes a record whose checksum is right: only its table is not known, and follows from its form. So an error of a decoder means
  /// that the record is of another table, and no more.
  private mutating func take(_ key: UInt64, _ content: UnsafeRawBufferPointer, _ place: Place) {
    guard key <= LogFormat.positionMax else { return }
    if key == LogFormat.stateKey {
      if let found = LogState(salvaged: content), found.last >= state?.last ?? 0 { state = found }
    } else if let batch = try? LogBatch(sealed: content, first: key, with: decompressor) {
      note(batch, place)
    } else if isEvent(content) {
      tail[key, default: []].append(place)
    } else if (try? Reject(content)) != nil {
      rejects[key, default: []].append(place)
    }
  }

  mutating func note(_ batch: LogBatch, _ place: Place) {
    blocks[batch.first, default: []].append((place, batch.count))
  }

  /// Whether a record is one of the tail: a document behind a time.
  private func isEvent(_ content: UnsafeRawBufferPointer) -> Bool {
    guard let row = TailRow(content), row.document.first == UInt8(ascii: "{") else { return false }
    guard let event = try? parser.parse(row.document) else { return false }
    return event["id"] != nil && event["source"] != nil
  }
}

extension LogState {
  /// Nil where the content of the record cannot be the state of a log.
  init?(salvaged content: UnsafeRawBufferPointer) {
    guard let state = try? LogState(content), state.last <= LogFormat.positionMax else { return nil }
    self = state
  }
}

import BinaryCoding
import Hashing
import ReadModels

/// The stored form; docs/formats/projections.md describes it.
extension Checkpoint {
  func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 320)
    writer.fixed(version)
    writer.fixed(position)
    writer.count(versions.count)
    for (name, version) in versions.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      writer.text(name.rawValue)
      writer.unsigned(version)
    }
    writer.count(RowTag.allCases.count)
    for tag in RowTag.allCases {
      writer.unsigned(tag.rawValue)
      writer.digest(digests[tag])
    }
    for count in stages + [ordersWithoutOwner, creditsWithoutOwner, baskets] { writer.count(count) }
    return writer.bytes
  }

  /// Reads the checkpoint of a version that this program can at least read.
  init(_ bytes: [UInt8], file: String) throws {
    self = try bytes.withUnsafeBytes { raw in
      var checkpoint = Checkpoint()
      var reader = ByteReader(raw)
      checkpoint.version = try reader.fixed()
      guard checkpoint.version <= Checkpoint.version else {
        throw ProjectionError.newerVersion(found: checkpoint.version, known: Checkpoint.version, file: file)
      }
      guard checkpoint.version >= RowForm.oldestReadable else {
        throw ProjectionError.olderVersion(found: checkpoint.version, known: Checkpoint.version)
      }
      checkpoint.position = try reader.fixed()
      if checkpoint.version == 2 {
        checkpoint.versions = [.profiles: 2]
        checkpoint.undividedDigest = try reader.digest()
      } else {
        try checkpoint.readProjections(&reader, file: file)
        try checkpoint.readDigests(&reader)
      }
      for index in checkpoint.stages.indices { checkpoint.stages[index] = try reader.count() }
      checkpoint.ordersWithoutOwner = try reader.count()
      checkpoint.creditsWithoutOwner = try reader.count()
      if checkpoint.version > 2 { checkpoint.baskets = try reader.count() }
      guard reader.isAtEnd else { throw CodingError("a checkpoint is \(reader.remaining) bytes too long") }
      return checkpoint
    }
  }

  private mutating func readProjections(_ reader: inout ByteReader, file: String) throws {
    versions = [:]
    for _ in 0..<(try reader.count()) {
      let (text, found) = (try reader.text(), UInt32(clamping: try reader.unsigned()))
      // What this program does not know it cannot keep current.
      guard let name = ProjectionName(rawValue: text), found <= name.version else {
        let known = ProjectionName(rawValue: text)?.version ?? 0
        throw ProjectionError.newerVersion(found: found, known: known, file: file)
      }
      versions[name] = found
    }
  }

  private mutating func readDigests(_ reader: inout ByteReader) throws {
    for _ in 0..<(try reader.count()) {
      guard let tag = RowTag(rawValue: try reader.unsigned()) else {
        throw CodingError("a checkpoint has the digest of an unknown table")
      }
      digests[tag] = try reader.digest()
    }
  }
}

extension ByteWriter {
  fileprivate mutating func digest(_ digest: SetDigest) {
    fixed(digest.high)
    fixed(digest.low)
  }
}

extension ByteReader {
  fileprivate mutating func digest() throws(CodingError) -> SetDigest {
    SetDigest(high: try fixed(), low: try fixed())
  }
}

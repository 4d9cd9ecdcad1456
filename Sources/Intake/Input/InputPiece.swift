import Events
import Mappings

/// A piece of an input on its way to a worker.
enum InputPiece {
  /// Events as they are, one a line.
  case lines(LineChunk)
  /// JSON bodies that the worker maps.
  case bodies(BodyChunk)
  /// Rows that have been mapped in their order.
  case mapped(MappedChunk)
  /// A piece of an input that grows, or a pause in it, and where reading would go on behind it.
  indirect case followed(InputPiece?, upTo: ResumePoint?)
}

/// Consecutive JSON bodies of one input, with the padding that the parser needs behind them.
struct BodyChunk {
  struct Body {
    let range: Range<Int>
    let lines: ClosedRange<Int>
    /// Without blank ones.
    let lineCount: Int
  }

  let bytes: [UInt8]
  let bodies: [Body]
  let file: String
  let mapping: Mapping
  /// Bytes of all inputs consumed up to this chunk, for progress.
  var bytesTaken = 0
}

extension BodyChunk {
  /// Calls `take` with each body: its bytes with all that follows, its length, and where it comes from.
  func forEachBody(_ take: (_ padded: UnsafeBufferPointer<UInt8>, _ count: Int, _ origin: Origin) -> Void) {
    let bytes = bytes
    bytes.withUnsafeBufferPointer { buffer in
      for body in bodies {
        let origin = Origin(lines: body.lines, lineCount: body.lineCount) { Array(bytes[body.range]) }
        take(UnsafeBufferPointer(rebasing: buffer[body.range.lowerBound...]), body.range.count, origin)
      }
    }
  }
}

/// Rows that a mapping turned into events.
struct MappedChunk {
  let bodies: [MappedBody]
  let file: String
  var bytesTaken = 0
}

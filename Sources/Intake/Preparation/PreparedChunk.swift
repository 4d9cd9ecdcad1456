package import EventLog
import Events

/// Which lines of an input a document stands for. Of several documents made from one row, one accounts for it.
struct LineOrigin {
  var line: Int
  var lineCount: Int
}

/// What a mapping left out for one reason.
package struct FilteredCount: Sendable, Equatable {
  package var documents = 0
  /// Lines that are counted nowhere else: less than documents where a body holds several.
  package var lines = 0

  package init(documents: Int = 0, lines: Int = 0) {
    self.documents = documents
    self.lines = lines
  }
}

/// What became of one piece of input: canonical documents ready to be appended, and what was set aside.
///
/// Filled by one worker and only read afterwards. A class, so that its events refer to it at the cost of one reference.
package final class PreparedChunk {
  package struct Document {
    /// Bytes of ``PreparedChunk/documents``.
    package internal(set) var range: Range<Int>
    /// Hash of (source, id), the key of duplicate detection.
    var hash: UInt64
    /// Where it began in the input, and how many lines it accounts for.
    var origin: LineOrigin
    /// Whether its time is that of the delivery: delivered again it is the same event.
    var timeIsArrival = false
  }

  let file: String
  let input: String
  /// The canonical documents, one behind the other.
  package internal(set) var documents: [UInt8] = []
  package internal(set) var events: [Document] = []
  package internal(set) var rejects: [(reject: Reject, lineCount: Int)] = []
  /// What a mapping filtered, by reason.
  var filtered: [String: FilteredCount] = [:]
  /// What went well enough to go on, and that somebody should know, with how often it did.
  var warnings: [String: Int] = [:]
  /// Identifier values that were dropped because they could not be normalised or are blocked.
  var droppedIdentifiers = 0
  /// Bytes of all inputs consumed up to this chunk, for progress.
  var bytesTaken = 0
  /// Of an input that grows: where reading goes on behind the chunk, and whether the chunk stands for a pause.
  var resume: ResumePoint?
  var isPause = false

  init(file: String, input: String) {
    self.file = file
    self.input = input
  }
}

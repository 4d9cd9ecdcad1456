import EventLog
import Intake
import JSON

/// Says what an ingest did.
enum IngestReport {
  /// - Parameters:
  ///   - file: the file that was taken, where there are several summaries.
  ///   - movedTo: where it lies now.
  static func writeJSON(_ summary: IngestSummary, seconds: Double, file: String? = nil, movedTo: String? = nil) {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in [("file", file), ("moved_to", movedTo)] {
      guard let value else { continue }
      writer.key(name)
      writer.value(value)
    }
    for (name, count) in [
      ("lines", summary.lines), ("accepted", summary.accepted), ("duplicates", summary.duplicates),
      ("conflicts", summary.conflicts), ("quarantined", summary.quarantined), ("skipped", summary.linesFiltered),
      ("lines_used", summary.linesUsed), ("lines_quarantined", summary.linesQuarantined),
      ("dropped_identifiers", summary.droppedIdentifiers),
    ] {
      writer.key(name)
      writer.value(count)
    }
    for (name, position) in [("first_position", summary.firstPosition), ("last_position", summary.lastPosition)] {
      writer.key(name)
      if let position { writer.value(position) } else { writer.null() }
    }
    writer.key("skipped_by_reason")
    writer.beginObject()
    for (reason, count) in summary.filtered.sorted(by: { $0.key < $1.key }) {
      writer.key(reason)
      writer.value(count.documents)
    }
    writer.endObject()
    writer.key("warnings")
    writer.beginObject()
    for (warning, count) in summary.warnings.sorted(by: { $0.key < $1.key }) {
      writer.key(warning)
      writer.value(count)
    }
    writer.endObject()
    writer.key("seconds")
    writer.value((seconds * 1000).rounded() / 1000)
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }

  static func writeText(_ summary: IngestSummary, seconds: Double, isDryRun: Bool) {
    // Of what comes now and then a rate says nothing.
    let perSecond = Int(Double(summary.lines) / max(seconds, 0.001))
    let rate = seconds > 0.05 && perSecond >= 10 ? " (\(grouped(perSecond)) lines/s)" : ""
    var rows: [(count: Int, text: String)] = []
    if isDryRun {
      rows.append((summary.accepted, "valid; nothing was written"))
    } else {
      rows.append((summary.accepted, "accepted" + positions(summary)))
    }
    if summary.linesUsed != summary.accepted + summary.duplicates {
      rows.append((summary.linesUsed, plural(summary.linesUsed, "line") + " went into them"))
    }
    if summary.duplicates > 0 {
      rows.append((summary.duplicates, plural(summary.duplicates, "duplicate") + ", known to the log already"))
    }
    for (reason, count) in summary.filtered.sorted(by: { $0.key < $1.key }) {
      let noun = count.documents == count.lines ? "line" : "document"
      rows.append((count.documents, plural(count.documents, noun) + " left out: \(reason)"))
    }
    for (warning, count) in summary.warnings.sorted(by: { $0.key < $1.key }) { rows.append((count, warning)) }
    if summary.conflicts > 0 {
      rows.append((summary.conflicts, plural(summary.conflicts, "conflict") + " quarantined: known id, other content"))
    }
    if summary.quarantined > 0 { rows.append((summary.quarantined, "quarantined" + lines(summary))) }
    if summary.droppedIdentifiers > 0 {
      rows.append(
        (
          summary.droppedIdentifiers,
          "identifier " + plural(summary.droppedIdentifiers, "value") + " dropped as blocked or malformed"
        ))
    }
    // What a dry run prints is the events.
    let write: (String) -> Void = { isDryRun ? StandardError.write($0) : StandardOutput.shared.write($0) }
    write("\(counted(summary.lines, "line")) read in \(oneDecimal(seconds)) s\(rate)\n")
    let width = rows.map { grouped($0.count).count }.max() ?? 0
    for row in rows {
      let count = grouped(row.count)
      write("  " + String(repeating: " ", count: width - count.count) + count + " " + row.text + "\n")
    }
    if summary.lines == 0 { StandardError.write("There was nothing to read.\n") }
  }

  private static func plural(_ count: Int, _ noun: String) -> String { count == 1 ? noun : noun + "s" }

  private static func positions(_ summary: IngestSummary) -> String {
    guard let first = summary.firstPosition, let last = summary.lastPosition else { return "" }
    return first == last ? ", at position \(grouped(first))" : ", at positions \(grouped(first)) to \(grouped(last))"
  }

  private static func lines(_ summary: IngestSummary) -> String {
    let count = summary.linesQuarantined
    return count == 0 || count == summary.quarantined + summary.conflicts ? "" : " (\(counted(count, "line")))"
  }

  /// What went wrong, with an example of each kind and of some other reasons, on standard error.
  static func explainProblems(_ summary: IngestSummary, isDryRun: Bool) {
    for (kind, problem) in summary.problems.sorted(by: { $0.value.count > $1.value.count }) {
      for (index, example) in problem.examples.enumerated() {
        StandardError.write(
          index == 0
            ? "\(grouped(problem.count)) × \(kind), first in \(text(example))\n" : "  also in \(text(example))\n")
      }
    }
    if summary.hasProblems, !isDryRun {
      StandardError.write("See 'hoso rejects list'; 'hoso rejects retry' offers them again.\n")
    }
  }

  /// Where something is wrong, and what.
  static func text(_ reject: Reject) -> String {
    let pointer = reject.pointer.isEmpty ? "" : " at \(reject.pointer)"
    return "\(reject.file):\(reject.line)\(pointer): \(reject.reason)"
  }
}

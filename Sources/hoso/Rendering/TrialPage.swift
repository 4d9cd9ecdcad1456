import Mappings

/// What a mapping makes of a body, for a reader.
struct TrialPage {
  private let terminal: Terminal

  init(_ terminal: Terminal) { self.terminal = terminal }

  /// - Parameter refused: what intake would not take of the events.
  func text(of trial: MappingRun.BodyTrial, _ refused: [String]) -> String {
    var text = heading(trial, isRefused: !refused.isEmpty) + refused.map { "refused: \($0)\n" }.joined()
    if trial.documents.isEmpty { text += trial.body.outcomes.map { line($0) }.joined() }
    for (index, document) in trial.documents.enumerated() {
      if trial.documents.count > 1 || document.kind != nil {
        let number = trial.documents.count > 1 ? "document \(index + 1)" : "the document"
        text += "\n\(number)\(document.kind.map { " is of the kind '\($0)'" } ?? "")\n"
      }
      text += line(document.outcome)
      for event in document.events { text += "\n" + table(event) }
    }
    return text + unused(trial.unused) + "\n"
  }

  private func heading(_ trial: MappingRun.BodyTrial, isRefused: Bool) -> String {
    let lines = trial.body.origin.lines
    let events = trial.body.outcomes.reduce(0) { $0 + $1.events.count }
    let place = lines.count == 1 ? "line \(lines.lowerBound)" : "lines \(lines.lowerBound) to \(lines.upperBound)"
    return terminal.bold(
      "Body in \(place): \(counted(events, "event"))\(isRefused ? ", not all of which would be taken" : "")") + "\n"
  }

  private func line(_ outcome: MappingOutcome) -> String {
    switch outcome {
    case .events(_, let warnings): warnings.map { "note: \($0)\n" }.joined()
    case .filtered(let reason): "left out: \(reason)\n"
    case .failed(let reason), .unreadable(let reason): "refused: \(reason)\n"
    }
  }

  private func table(_ event: EventTrial) -> String {
    var table = Table([("FIELD", .left), ("VALUE", .left), ("FROM", .left)])
    for field in event.fields { table.add([field.path, Self.shortened(field.value), field.origin]) }
    return table.rendered(on: terminal)
  }

  private func unused(_ fields: [UnusedField]) -> String {
    guard !fields.isEmpty else { return "" }
    var table = Table([("NOT USED", .left), ("VALUE", .left)])
    for field in fields { table.add([field.path, field.value]) }
    return "\n" + table.rendered(on: terminal)
  }

  /// The last column is cut by the table; this one would push it away.
  private static func shortened(_ value: String) -> String {
    value.count > 48 ? value.prefix(47) + "…" : value
  }
}

import Events
import Platform
import ReadModels

/// Why two identifiers are one person or not, for a reader.
struct ExplanationPage {
  let text: String

  init(
    _ explanation: IdentityExplanation, _ steps: [ExplainedStep], _ times: TimeFormatter, _ terminal: Terminal
  ) {
    var text = terminal.bold(Self.verdict(explanation).printable) + "\n"
    for obstacle in explanation.obstacles { text += "  " + obstacle.text(times).printable + "\n" }
    if !steps.isEmpty {
      text += "\n" + (explanation.isOnePerson ? "" : "What brings them together:\n")
      text += terminal.bold(steps[0].from.description.printable) + "\n"
    }
    for step in steps {
      text += "  │ " + terminal.dim(Self.summary(step, times).printable) + "\n"
      for event in step.events { text += "  │   " + Self.line(event, times).printable + "\n" }
      text += terminal.bold(step.to.description.printable) + "\n"
    }
    self.text = text
  }

  private static func verdict(_ explanation: IdentityExplanation) -> String {
    if explanation.a == explanation.b { return "\(explanation.a) is \(explanation.personA)." }
    return explanation.isOnePerson
      ? "\(explanation.a) and \(explanation.b) are one person, \(explanation.personA)."
      : "\(explanation.a) is \(explanation.personA) and \(explanation.b) is \(explanation.personB)."
  }

  private static func summary(_ step: ExplainedStep, _ times: TimeFormatter) -> String {
    guard case .link(let link) = step.step.evidence else { return step.rule }
    let span =
      link.firstSeen == link.lastSeen
      ? times.minute(link.firstSeen) : "\(times.minute(link.firstSeen)) to \(times.minute(link.lastSeen))"
    return "\(step.rule): \(counted(link.events, "event")), \(span)"
  }

  private static func line(_ event: EvidenceEvent, _ times: TimeFormatter) -> String {
    "\(times.minute(event.time.microseconds))  \(event.type)  \(event.source)  \(event.id)  position \(grouped(event.position))"
  }
}

extension IdentityExplanation.Obstacle {
  /// In words.
  func text(_ times: TimeFormatter) -> String {
    switch self {
    case .shared(let identifier, let seen):
      "\(identifier) is shared: it was seen with \(IdentityCommand.Shared.text(seen)), and links nobody."
    case .blocked(let identifier): "\(identifier) is blocked: the value names nobody, and links nobody."
    case .typesMayNotLink(let a, let b): "The rules never link \(a.type) with \(b.type) (links_with)."
    case .conflict(_, let reason): "A link was not taken, as \(reason)."
    case .unlinked(let a, let b, let state):
      "\(a) and \(b) were unlinked by \(state.decision?.by ?? "?")"
        + (state.stamp.map { " on \(times.minute($0.time))" } ?? "")
        + (state.decision?.reason.map { ": \($0)" } ?? "") + "."
    case .noPath: "They were never seen together, not even by way of others."
    case .searchEnded: "So much is connected with them that the search for a way was given up."
    }
  }

  /// In one word, for programs.
  var kind: String {
    switch self {
    case .shared: "shared"
    case .blocked: "blocked"
    case .typesMayNotLink: "types"
    case .conflict: "conflict"
    case .unlinked: "unlinked"
    case .noPath: "no_path"
    case .searchEnded: "search_ended"
    }
  }
}

import ArgumentParser
import EventLog
import Events
import Identity
import JSON
import Platform
import Projections
import ReadModels

extension IdentityCommand {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain", abstract: "Say why two identifiers are one person, or why they are not.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var data: DataOptions
    @Argument(help: "An identifier type:value, or a value alone.") var a: String
    @Argument(help: "The other identifier.") var b: String
    @Option(parsing: .unconditional, help: "How many events to show of each link.") var events = Natural(3)
    @Option(help: "table or json.") var format: Format = .table

    func run() throws {
      let query = try ReadModelQuery(data)
      let rules = try query.rules()
      let lookup = ProfileLookup(rules)
      try query.generation.read { snapshot in
        let (a, b) = (try lookup.identifier(a, in: snapshot), try lookup.identifier(b, in: snapshot))
        let explanation = try IdentityExplainer(rules).explain(a, b, in: snapshot)
        let evidence = StepEvidence(query.platform.log)
        let steps = try explanation.path.map { step in
          ExplainedStep(
            step: step, from: try snapshot.identifier(at: step.from), to: try snapshot.identifier(at: step.to),
            events: try evidence.events(of: step, limit: events.value, in: snapshot))
        }
        switch format {
        case .table:
          let times = TimeFormatter(zone: query.platform.configuration.timeZone)
          StandardOutput.shared.write(ExplanationPage(explanation, steps, times, .output).text)
        case .json: ExplanationJSON(explanation, steps).write()
        }
      }
    }
  }
}

/// A step with the names of its ends and the first of its events.
struct ExplainedStep {
  let step: IdentityStep
  let from: Identifier
  let to: Identifier
  let events: [EvidenceEvent]

  /// The rule by which the step counts.
  var rule: String {
    switch step.evidence {
    case .link: "\(from.type) and \(to.type) on one event"
    case .decision(let state):
      "linked by \(state.decision?.by ?? "?")" + (state.decision?.reason.map { ": \($0)" } ?? "")
    }
  }
}

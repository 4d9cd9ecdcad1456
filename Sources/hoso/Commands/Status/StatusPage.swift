import EventLog
import Hashing
import Platform
import Projections
import ReadModels

/// A status for people: a line for each thing that there is to know.
struct StatusPage {
  private let status: Status
  private let directory: String

  init(_ status: Status, directory: String) {
    self.status = status
    self.directory = directory
  }

  var text: String {
    var lines = [("Directory", directory), ("Log", log)]
    if let projection = status.projection {
      lines += people(projection.checkpoint) + readModels(projection)
    } else {
      lines.append(("Read models", "none yet; 'hoso project' makes them"))
    }
    lines += others
    let rejects = status.log.rejects
    lines.append(("Quarantine", rejects == 0 ? "empty" : "\(counted(rejects, "document")); see 'hoso rejects list'"))
    lines.append(("Version", ProgramVersion.text))
    return lines.map { Terminal.output.bold($0) + String(repeating: " ", count: 13 - $0.count) + $1 + "\n" }.joined()
  }

  private var log: String {
    let log = status.log
    return
      "\(counted(log.last, "event")) in \(formattedBytes(log.fileBytes)); \(formattedBytes(log.documentBytes)) as NDJSON"
  }

  private func people(_ checkpoint: Checkpoint) -> [(String, String)] {
    let stages = Person.Stage.allCases.reversed().map { counted(checkpoint.stages[Int($0.rawValue)], $0.name) }
    var lines = [("People", "\(grouped(checkpoint.people)): " + stages.joined(separator: ", "))]
    let (orders, credits) = (checkpoint.ordersWithoutOwner, checkpoint.creditsWithoutOwner)
    if orders + credits > 0 {
      lines.append(
        ("Nobody's", "\(counted(orders, "order")) and \(counted(credits, "credit note")) that name no person"))
    }
    return lines
  }

  private func readModels(_ projection: Status.Projection) -> [(String, String)] {
    let lag: String
    if !projection.checkpoint.isCurrent {
      lag = "as of event \(grouped(projection.checkpoint.position)); 'hoso rebuild' brings them up to date"
    } else if projection.lag == 0 {
      lag = "up to date"
    } else {
      lag = "\(counted(projection.lag, "event")) behind; 'hoso project' folds them"
    }
    var lines = [
      ("Read models", "generation \(projection.generation), \(lag), \(formattedBytes(projection.fileBytes))")
    ]
    lines += ProjectionName.allCases.map { (" " + $0.rawValue, line(of: $0, projection)) }
    lines.append(("Digest", projection.checkpoint.digest.description))
    if projection.wasReadOtherwise {
      lines.append(("Upcasters", "changed since the read models were built; 'hoso rebuild' reads old events by them"))
    }
    if projection.parked > 0 {
      lines.append(("Parked", "\(parked(projection)) that could not be folded; see 'hoso projection parked'"))
    }
    return lines
  }

  private func parked(_ projection: Status.Projection) -> String {
    let isAll = projection.parked < Status.Projection.parkedMax
    return (isAll ? "" : "at least ") + counted(projection.parked, "event")
  }

  private func line(of name: ProjectionName, _ projection: Status.Projection) -> String {
    let (checkpoint, state) = (projection.checkpoint, projection.state(of: name))
    guard let version = checkpoint.versions[name], let digest = checkpoint.digest(of: name) else {
      return "\(state.rawValue): not in this generation; 'hoso rebuild' adds them"
    }
    let wanted = state == .stale ? " (this program makes \(name.version))" : ""
    return "\(state.rawValue), version \(version)\(wanted), digest \(digest)"
  }

  private var others: [(String, String)] {
    var lines = status.building.map { ("Building", "generation \($0) is being built") }
    lines += status.unfinished.map {
      ("Unfinished", "generation \($0) was left by a process that ended; the next 'hoso rebuild' removes it")
    }
    return lines
  }
}

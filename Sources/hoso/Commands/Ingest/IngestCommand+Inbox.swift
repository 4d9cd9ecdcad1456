import Glibc
import Intake
import Platform

extension IngestCommand {
  /// Takes the files of a folder as they come, until SIGINT or SIGTERM comes, or with --once until there are none.
  func takeInbox(_ folder: String) throws {
    let inbox = try Inbox(folder)
    _ = try mapping()
    let platform = try data.open(.creating)
    Signals.listen()
    var taker = InboxTaker(
      inbox: inbox, platform: platform,
      channels: try ChannelMappings(data.directory, platform.configuration) { try mapping() },
      projector: LiveProjector(platform, isIdle: leavesReadModels), format: format)
    for name in try inbox.strangeFolders(channels: try taker.channels.names()) {
      StandardError.write("Files in '\(name)' are left: \(try taker.channels.unknown(name))\n")
      taker.hasProblems = true
    }
    try taker.projector.begin()
    while !Signals.areStopping {
      let waiting = try inbox.waiting(channels: try taker.channels.names())
      var isIdle = true
      for file in waiting.files where !Signals.areStopping {
        if try taker.take(file) { isIdle = false }
      }
      try taker.projector.catchUp(taker.lastPosition)
      try StandardOutput.shared.flush()
      // What is left because its mapping is wrong waits for nobody.
      if once, isIdle, !waiting.hasUnsettled {
        taker.hasProblems = taker.hasProblems || !waiting.files.isEmpty
        break
      }
      var pause = timespec(tv_sec: 0, tv_nsec: 200_000_000)
      if isIdle { nanosleep(&pause, nil) }
    }
    if taker.hasProblems { throw ExitStatus.doneWithProblems }
  }
}

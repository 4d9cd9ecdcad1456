import Intake
import Mappings
import Platform

/// How the files of an inbox are read: those of the folder itself as the words of the command say, those of a subfolder by
/// the channel that it is named after.
struct ChannelMappings {
  enum Reading {
    case events
    case mapped(Mapping)
  }

  private let channels: ShopChannels
  /// The mapping of the folder itself, and how it is loaded.
  private var own: Mapping?
  private let loadOwn: () throws -> Mapping?
  private var loaded: [String: Mapping] = [:]
  /// Channels whose mapping is wrong.
  private var broken: Set<String> = []
  private var seenReloads = Signals.reloadCount

  init(_ directory: DataDirectory, _ configuration: Configuration, _ own: @escaping () throws -> Mapping?) throws {
    channels = ShopChannels(directory, configuration)
    loadOwn = own
    self.own = try own()
  }

  func names() throws -> [String] { try channels.list().map(\.name) }

  /// A sentence about a channel that there is not.
  func unknown(_ name: String) throws -> String { try channels.unknown(name) }

  /// Nil where the channel's mapping is wrong, which is said once: its files are left until it is loaded again.
  mutating func reading(of file: Inbox.File) -> Reading? {
    forgetAfterReload()
    guard let channel = file.channel else { return own.map { .mapped($0) } ?? .events }
    if loaded[channel] == nil, !broken.contains(channel) { load(channel) }
    return loaded[channel].map { .mapped($0) }
  }

  private mutating func forgetAfterReload() {
    guard seenReloads != Signals.reloadCount else { return }
    seenReloads = Signals.reloadCount
    (loaded, broken) = ([:], [])
    do {
      own = try loadOwn()
      StandardError.write("Mappings are loaded again.\n")
    } catch {
      StandardError.write("The mapping was not loaded again, and the former one stays in force: \(error)\n")
    }
  }

  private mutating func load(_ channel: String) {
    do {
      loaded[channel] = try channels.mapping(named: channel)
    } catch {
      broken.insert(channel)
      StandardError.write("Files in '\(channel)' are left until SIGHUP or a new start: \(error)\n")
    }
  }
}

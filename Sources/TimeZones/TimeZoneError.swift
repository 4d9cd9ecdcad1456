/// Why there is no time zone.
package enum TimeZoneError: Error, Hashable, CustomStringConvertible {
  /// The text has no form of a time zone identifier.
  case malformedIdentifier(String)
  case unknownZone(String, directory: String)
  case databaseNotInstalled(directory: String)
  case unreadable(path: String, errorNumber: Int32)
  /// The file of the zone does not follow RFC 9636.
  case damaged(identifier: String, reason: String)

  package var description: String {
    switch self {
    case .malformedIdentifier(let identifier):
      "'\(identifier)' is no time zone; write a name such as Asia/Ho_Chi_Minh, an offset such as +07:00, or UTC"
    case .unknownZone(let identifier, let directory):
      "there is no time zone '\(identifier)' in \(directory); check the spelling, names are case-sensitive"
    case .databaseNotInstalled(let directory):
      "there is no time zone database in \(directory); install the package tzdata or set TZDIR"
    case .unreadable(let path, let errorNumber):
      "the time zone file \(path) cannot be read (error \(errorNumber)); check its permissions"
    case .damaged(let identifier, let reason):
      "the file of the time zone '\(identifier)' cannot be used: \(reason); install the package tzdata again"
    }
  }
}

import CLMDB

/// The version of the LMDB library that the program runs with, which may differ from the one it was compiled with.
package struct LibraryVersion: Equatable, Sendable, CustomStringConvertible {
  package let major: Int32
  package let minor: Int32
  package let patch: Int32

  package init(major: Int32, minor: Int32, patch: Int32) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// The version that is loaded.
  package static var loaded: LibraryVersion {
    var major: Int32 = 0
    var minor: Int32 = 0
    var patch: Int32 = 0
    _ = mdb_version(&major, &minor, &patch)  // returns the version's name, no result code
    return LibraryVersion(major: major, minor: minor, patch: patch)
  }

  /// False for 0.9.26 to 0.9.31, which destroy the mutex shared between processes when one of them closes
  /// (OpenLDAP ITS#9278, undone by ITS#10095).
  package var isSafeForSeveralProcesses: Bool {
    !(major == 0 && minor == 9 && (26...31).contains(patch))
  }

  package var description: String { "\(major).\(minor).\(patch)" }
}

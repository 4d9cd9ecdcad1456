import Foundation

/// One change of a disk, and from when on a power cut can no longer undo it.
struct DiskStep {
  enum Change {
    case write(file: Int, offset: Int, bytes: Data)
    case truncate(file: Int, length: Int)
    /// A name of a file. Where it is a rename, the old name goes in the same moment.
    case name(path: String, file: Int, old: String?)
    case folder(path: String)
    case remove(path: String)
    /// Nothing on the disk: a sync, or output of the program.
    case none
  }

  let change: Change
  /// The step that made it durable; `Int.max` for none.
  var durableAt = Int.max

  /// The file whose sync makes it durable.
  var file: Int? {
    switch change {
    case .write(let file, _, _), .truncate(let file, _): file
    default: nil
    }
  }

  /// The folder whose sync makes it durable.
  var folder: String? {
    switch change {
    case .name(let path, _, _), .folder(let path), .remove(let path): (path as NSString).deletingLastPathComponent
    default: nil
    }
  }
}

/// Where the reading of a followed file goes on.
package struct ResumePoint: Equatable, Sendable {
  /// Which file it is, whatever it is called by now.
  package var device: UInt64
  package var inode: UInt64
  /// The first byte that was not taken, and the number of its line, from 1.
  package var offset: Int
  package var line: Int
  /// A digest of so many bytes at the front of the file: a new file may get the number of a deleted one.
  package var headBytes: Int
  package var head: String

  package init(device: UInt64, inode: UInt64, offset: Int, line: Int, headBytes: Int, head: String) {
    self.device = device
    self.inode = inode
    self.offset = offset
    self.line = line
    self.headBytes = headBytes
    self.head = head
  }
}

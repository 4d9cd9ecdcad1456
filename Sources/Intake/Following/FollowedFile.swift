import Glibc

/// A file that grows, a named pipe, or standard input, read without waiting for an end.
///
/// A file that was replaced (rotated) is read to its end before the new one is opened; one that was cut is read from its
/// front again.
final class FollowedFile {
  enum Reading: Equatable {
    case bytes(Int)
    /// Nothing has come.
    case nothing
    /// Another file begins, of which nothing was read.
    case another
    /// There will be no more.
    case ended
  }

  /// How much of the front of a file tells it from another one.
  private static let headBytesMax = 1024
  /// A writer may go on with the file that it has open for a while after it was renamed.
  private static let settleSeconds = 5
  private static let pollMilliseconds: Int32 = 100

  let name: String
  /// Whether what was read can be read again. Not so of pipes.
  private(set) var isRegular = true
  private(set) var offset = 0
  private let path: String
  private var descriptor: Int32
  private var identity: (device: UInt64, inode: UInt64) = (0, 0)
  /// Since when another file has had the name, in seconds of a clock that nobody sets; nil while none has.
  private var replacedAt: Int?
  /// The front of the file when it was last looked at, to notice that it was written anew.
  private var seenHead: (bytes: Int, digest: String)?
  private var hasPaused = false

  /// Opens `path`; `-` is standard input.
  init(path: String) throws(InputError) {
    self.path = path
    name = path == "-" ? "<stdin>" : path
    descriptor = 0
    if path != "-" { descriptor = try Self.open(path) }
    try look()
    if isRegular, begins(with: [0x28, 0xB5, 0x2F, 0xFD]) || begins(with: [0x1F, 0x8B]) {
      throw InputError(
        file: name, reason: "is compressed, and a compressed file does not grow; ingest it without --follow")
    }
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// A pipe is opened for writing, too: then it does not end when its writer goes away.
  private static func open(_ path: String) throws(InputError) -> Int32 {
    var status = stat()
    let isPipe = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    let descriptor = Glibc.open(path, (isPipe ? O_RDWR : O_RDONLY) | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
    return descriptor
  }

  private func look() throws(InputError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(name, "cannot be read") }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw InputError(file: name, reason: "is a directory; --inbox takes the files in one")
    }
    isRegular = status.st_mode & S_IFMT == S_IFREG
    identity = (UInt64(status.st_dev), UInt64(status.st_ino))
  }

  private static func failure(_ name: String, _ what: String) -> InputError {
    InputError(file: name, reason: "\(what): \(String(cString: strerror(errno)))")
  }

  // MARK: Going on where another run ended

  /// Goes to where another run ended, if the file that it read is still there: under its name, or beside it under another
  /// one, as rotation leaves it. That one is then read to its end before the file that has the name now. Returns whether
  /// there is such a file.
  func resume(at point: ResumePoint) throws(InputError) -> Bool {
    guard isRegular else { return false }
    if identity == (point.device, point.inode) { return isPlace(point) }
    guard let renamed = renamedFile(point) else { return false }
    let own = (descriptor, identity)
    descriptor = try Self.open(renamed)
    try look()
    if identity == (point.device, point.inode), isPlace(point) {
      close(own.0)
      return true
    }
    close(descriptor)
    (descriptor, identity) = own
    return false
  }

  private func isPlace(_ point: ResumePoint) -> Bool {
    guard size >= point.offset, head(point.headBytes) == point.head,
      lseek(descriptor, off_t(point.offset), SEEK_SET) >= 0
    else { return false }
    offset = point.offset
    return true
  }

  /// The file of that number in the folder of the input.
  private func renamedFile(_ point: ResumePoint) -> String? {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      guard entry.pointee.d_ino == point.inode else { continue }
      return folder
        + withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
    }
    return nil
  }

  /// The place of a byte that was read, or of the next one; nil where nothing can be read again.
  func point(at offset: Int, line: Int) -> ResumePoint? {
    guard isRegular else { return nil }
    let headBytes = min(offset, Self.headBytesMax)
    return ResumePoint(
      device: identity.device, inode: identity.inode, offset: offset, line: line, headBytes: headBytes,
      head: head(headBytes))
  }

  private var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  private func front(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = pread(descriptor, &bytes, count, 0)
    return Array(bytes.prefix(max(0, found)))
  }

  private func head(_ count: Int) -> String { hexadecimalDigest(front(count)) }

  private func begins(with signature: [UInt8]) -> Bool { front(signature.count) == signature }

  // MARK: Reading

  /// Fills `buffer` from its front with what is there.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Reading {
    // Standard input waits for its writer unless it is asked first.
    if !isRegular, !isReadable(within: 0) { return .nothing }
    if isRegular, hasPaused, try wasWrittenAnew() { return .another }
    hasPaused = false
    let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    if count > 0 {
      offset += count
      replacedAt = nil
      return .bytes(count)
    }
    if count < 0 {
      if errno == EAGAIN || errno == EINTR { return .nothing }
      throw Self.failure(name, "cannot be read")
    }
    guard isRegular else { return path == "-" ? .ended : .nothing }
    hasPaused = true
    seenHead = (min(offset, Self.headBytesMax), head(min(offset, Self.headBytesMax)))
    return try follow()
  }

  /// Goes to the front of a file that was cut, or cut and filled with something else, since it was last read.
  private func wasWrittenAnew() throws(InputError) -> Bool {
    guard size < offset || seenHead.map({ head($0.bytes) != $0.digest }) ?? false else { return false }
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.failure(name, "cannot be read") }
    (offset, seenHead, hasPaused) = (0, nil, false)
    return true
  }

  /// What it means that a file has no more bytes.
  private func follow() throws(InputError) -> Reading {
    var status = stat()
    // While there is no file of that name, the one that had it may still grow.
    guard path != "-", stat(path, &status) == 0, identity != (UInt64(status.st_dev), UInt64(status.st_ino)) else {
      replacedAt = nil
      return .nothing
    }
    let since = replacedAt ?? Self.seconds
    replacedAt = since
    guard Self.seconds - since >= Self.settleSeconds else { return .nothing }
    return try openSuccessor()
  }

  private func openSuccessor() throws(InputError) -> Reading {
    guard access(path, F_OK) == 0 else { return .nothing }
    let next = try Self.open(path)
    close(descriptor)
    descriptor = next
    (offset, replacedAt, seenHead, hasPaused) = (0, nil, nil, false)
    try look()
    return .another
  }

  private static var seconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec)
  }

  private func isReadable(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) > 0
  }

  /// Waits until something may have come, a moment at most.
  func wait() {
    // A file is always readable, so waiting for it is sleeping.
    guard isRegular else {
      _ = isReadable(within: Self.pollMilliseconds)
      return
    }
    var pause = timespec(tv_sec: 0, tv_nsec: Int(Self.pollMilliseconds) * 1_000_000)
    nanosleep(&pause, nil)
  }
}

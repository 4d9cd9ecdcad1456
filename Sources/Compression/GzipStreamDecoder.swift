import CZlib

/// gzip (RFC 1952).
package final class GzipStreamDecoder: StreamDecoder {
  // zlib keeps the address that it was initialised with and refuses any other.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var isInsideMember = false

  package init() {
    stream.initialize(to: z_stream())
    // 16 + 15: gzip wrapper, largest window.
    let status = inflateInit2_(stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if status != Z_OK { fatalError("zlib could not be initialised (\(status))") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  package func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) -> (consumed: Int, produced: Int) {
    guard input.count > 0 || isInsideMember else { return (0, 0) }
    // zlib never writes through next_in; its declaration is only not const.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(min(input.count, 1 << 30))
    stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(min(output.count, 1 << 30))
    let offered = (input: Int(stream.pointee.avail_in), output: Int(stream.pointee.avail_out))
    let status = inflate(stream, Z_NO_FLUSH)
    let used = (
      consumed: offered.input - Int(stream.pointee.avail_in), produced: offered.output - Int(stream.pointee.avail_out)
    )
    try note(status, progressed: used.consumed > 0 || used.produced > 0)
    return used
  }

  private func note(_ status: Int32, progressed: Bool) throws(CompressionError) {
    switch status {
    case Z_STREAM_END:
      isInsideMember = false
      inflateReset(stream)
    case Z_OK: isInsideMember = true
    case Z_BUF_ERROR: if progressed { isInsideMember = true }
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "error \(status)"
      throw CompressionError(description: "gzip: \(reason)")
    }
  }

  package func finish() throws(CompressionError) {
    if isInsideMember { throw CompressionError(description: "gzip: the file ends in the middle of a member") }
  }
}

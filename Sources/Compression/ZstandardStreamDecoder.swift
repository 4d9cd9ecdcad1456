import CZstd

/// zstd (RFC 8878). Windows above 128 MiB are refused, so that a small file cannot claim all memory.
package final class ZstandardStreamDecoder: StreamDecoder {
  private let stream: OpaquePointer
  private var isInsideFrame = false

  package init() {
    guard let stream = ZSTD_createDStream() else { fatalError("out of memory for a zstd stream") }
    self.stream = stream
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 27)
  }

  deinit { ZSTD_freeDStream(stream) }

  package func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) -> (consumed: Int, produced: Int) {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let result = ZSTD_decompressStream(stream, &target, &source)
    if ZSTD_isError(result) != 0 { throw CompressionError(description: zstandardMessage(result)) }
    if source.pos > 0 || target.pos > 0 { isInsideFrame = result != 0 }
    return (source.pos, target.pos)
  }

  package func finish() throws(CompressionError) {
    if isInsideFrame { throw CompressionError(description: "zstd: the file ends in the middle of a frame") }
  }
}

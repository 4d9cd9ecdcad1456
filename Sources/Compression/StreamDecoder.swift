/// Decompresses a stream in bounded memory: feed it pieces of the file, take pieces of the content.
///
/// Concatenated frames (zstd) and members (gzip) are read one after the other, as the command line tools do.
package protocol StreamDecoder: AnyObject {
  /// Decodes from `input` into `output`.
  /// Returns how much of either was used; nothing used of both means that the stream waits for more input.
  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) -> (consumed: Int, produced: Int)

  /// Throws unless the stream ended where a frame or member ends.
  func finish() throws(CompressionError)
}

import CZstd

/// Why bytes could not be compressed or decompressed.
package struct CompressionError: Error, CustomStringConvertible {
  package let description: String
}

/// Compresses independent frames (RFC 8878) with a re-used context. Not thread-safe: one a thread.
package final class ZstandardCompressor {
  private let context: OpaquePointer

  /// `level` 1 is the fastest; the frame carries its content size and a content checksum.
  package init(level: Int = 1) {
    guard let context = ZSTD_createCCtx() else { fatalError("out of memory for a zstd context") }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level))
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  /// Appends one frame that holds `bytes`. O(count).
  package func compress(_ bytes: UnsafeRawBufferPointer, appendingTo output: inout [UInt8]) throws(CompressionError) {
    let start = output.count
    let bound = ZSTD_compressBound(bytes.count)
    output.append(contentsOf: repeatElement(0, count: bound))
    let written = output.withUnsafeMutableBytes { buffer in
      ZSTD_compress2(context, buffer.baseAddress.map { $0 + start }, bound, bytes.baseAddress, bytes.count)
    }
    output.removeLast(bound - (ZSTD_isError(written) != 0 ? 0 : written))
    if ZSTD_isError(written) != 0 { throw CompressionError(description: zstandardMessage(written)) }
  }
}

/// Decompresses whole frames with a re-used context. Not thread-safe: one a thread.
package final class ZstandardDecompressor {
  private let context: OpaquePointer

  package init() {
    guard let context = ZSTD_createDCtx() else { fatalError("out of memory for a zstd context") }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  /// Decompresses one frame into `output`, which must be exactly as long as the content. Checks the frame's checksum.
  package func decompress(
    _ frame: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) {
    let written = ZSTD_decompressDCtx(context, output.baseAddress, output.count, frame.baseAddress, frame.count)
    if ZSTD_isError(written) != 0 { throw CompressionError(description: zstandardMessage(written)) }
    guard written == output.count else {
      throw CompressionError(description: "a zstd frame holds \(written) bytes where \(output.count) were expected")
    }
  }
}

/// Questions about frames.
package enum Zstandard {
  /// The length in bytes of the frame with which the bytes begin, or nil where they do not begin with a whole one. O(blocks).
  package static func frameBytes(_ bytes: UnsafeRawBufferPointer) -> Int? {
    let count = ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count)
    return ZSTD_isError(count) == 0 ? count : nil
  }

  /// How long a frame that holds so many bytes can be.
  package static func frameBytesMax(ofContent count: Int) -> Int { ZSTD_compressBound(count) }
}

func zstandardMessage(_ code: Int) -> String {
  "zstd: " + String(cString: ZSTD_getErrorName(code))
}

/// The version of the zstd library that is loaded, as `1.5.4`.
package var zstandardVersion: String { String(cString: ZSTD_versionString()) }

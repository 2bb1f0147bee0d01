internal import CNexcageCodec
internal import CZstd
internal import NexcageSystem
internal import OCISpec

/// Turns the bytes of a layer blob into those of its tar, chunk by chunk, whatever the compression.
struct Inflater: ~Copyable {
    /// What one call did.
    struct Step {
        /// How many bytes of input are used up.
        var consumed: Int
        /// How many bytes of output there are.
        var produced: Int
        /// Whether a gzip member or zstd frame ended with it.
        var endsUnit: Bool
    }

    private enum Codec {
        case gzip(OpaquePointer)
        case zstd(OpaquePointer)
    }

    private let codec: Codec

    /// Makes an inflater.
    ///
    /// - Returns: nil for plain tar, which needs none.
    /// - Throws: `unavailable` if the library for gzip is not installed.
    init?(_ compression: LayerCompression, limits: LayerLimits) throws(NexcageError) {
        switch compression {
        case .none: return nil
        case .gzip:
            var reason: UnsafePointer<CChar>?
            guard let gzip = nxc_gzip_new(&reason) else {
                let text = reason.map { String(cString: $0) } ?? "no reason given"
                throw NexcageError(.unavailable, "inflate gzip: \(text), install the package libisal2")
            }
            codec = .gzip(gzip)
        case .zstd:
            guard let zstd = ZSTD_createDCtx() else { throw NexcageError(.failed, "inflate zstd: out of memory") }
            codec = .zstd(zstd)
            // Fails only for a value out of range, and then the library's own limit of 27 holds.
            _ = ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, limits.zstdWindowLog)
        }
    }

    /// Inflates as much as fits.
    ///
    /// - Throws: `integrity` if the input is damaged or asks for too much memory.
    func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(NexcageError) -> Step {
        switch codec {
        case .gzip(let gzip): try Self.stepGzip(gzip, input, into: output)
        case .zstd(let zstd): try Self.stepZstd(zstd, input, into: output)
        }
    }

    private static func stepGzip(
        _ gzip: OpaquePointer, _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(NexcageError) -> Step {
        var next = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var left = input.count
        var produced = 0
        let room = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let result = nxc_gzip_step(gzip, &next, &left, room, output.count, &produced)
        guard result != NXC_GZIP_BROKEN else { throw NexcageError(.integrity, "the gzip data is damaged") }
        return Step(consumed: input.count - left, produced: produced, endsUnit: result == NXC_GZIP_MEMBER_END)
    }

    private static func stepZstd(
        _ zstd: OpaquePointer, _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(NexcageError) -> Step {
        var given = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var room = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = ZSTD_decompressStream(zstd, &room, &given)
        guard ZSTD_isError(result) == 0 else {
            let reason = String(cString: ZSTD_getErrorName(result))
            throw NexcageError(.integrity, "the zstd data cannot be inflated: \(reason)")
        }
        return Step(consumed: given.pos, produced: room.pos, endsUnit: result == 0)
    }

    deinit {
        switch codec {
        case .gzip(let gzip): nxc_gzip_free(gzip)
        case .zstd(let zstd): ZSTD_freeDCtx(zstd)
        }
    }
}

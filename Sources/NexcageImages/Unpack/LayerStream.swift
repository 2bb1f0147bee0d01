public import NexcageSystem
public import OCISpec

/// The tar of a layer, verified on the way: one pass over the blob that counts, hashes, inflates and hashes again.
///
/// Pull chunks with ``next()``; what they make is only worth anything after ``finish()`` has found size, digest and
/// diff_id right (image-spec descriptor.md and config.md). Throw it away if either throws.
public struct LayerStream<Raw: ByteSource & ~Copyable>: ByteSource, ~Copyable {
    private var raw: Raw
    private var rawHasher: DigestHasher
    private var rawCount: Int64 = 0
    private var plainHasher: DigestHasher?
    private var plainCount: Int64 = 0

    private let inflater: Inflater?
    private let output = ByteBuffer()
    /// What of the last raw chunk has not been inflated yet.
    private var pending = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Whether the inflater may hold more output than fitted.
    private var hasMoreOutput = false
    /// Whether a gzip member or zstd frame has begun and not ended.
    private var isInsideUnit = true

    private let descriptor: Descriptor
    private let diffID: Digest
    private let limits: LayerLimits

    /// Begins a layer.
    ///
    /// - Parameters:
    ///   - raw: the bytes of the blob, as they are stored or come from a registry.
    ///   - descriptor: what the manifest says of the blob.
    ///   - diffID: the digest of its tar, from the image configuration.
    /// - Throws: `invalid` if the media type is not that of a layer; `unavailable` if its compression needs a library
    ///   that is not installed.
    public init(
        _ raw: consuming Raw, descriptor: Descriptor, diffID: Digest, limits: LayerLimits = LayerLimits()
    ) throws(NexcageError) {
        let compression: LayerCompression
        switch descriptor.mediaType.kind {
        case .layer(let found), .nondistributableLayer(let found): compression = found
        default:
            throw NexcageError(.invalid, "\(quoted(descriptor.mediaType.rawValue)) is not the media type of a layer")
        }
        let inflater = try Inflater(compression, limits: limits)
        let rawHasher = try DigestHasher(descriptor.digest.algorithm)
        // A plain tar has one digest under two names; hashing it twice would tell nothing more.
        let isSame = compression == .none && diffID == descriptor.digest
        let plainHasher = isSame ? nil : try DigestHasher(diffID.algorithm)
        self.raw = raw
        self.descriptor = descriptor
        self.diffID = diffID
        self.limits = limits
        self.inflater = inflater
        self.rawHasher = rawHasher
        self.plainHasher = plainHasher
    }

    /// How many bytes of tar have been handed out.
    public var plainBytes: Int64 { plainCount }

    /// See ``ByteSource/next()``.
    ///
    /// - Throws: `integrity` if the blob is too long, damaged or over a limit.
    public mutating func next() throws(NexcageError) -> UnsafeRawBufferPointer {
        let chunk = try inflated()
        plainCount += Int64(chunk.count)
        try checkLimits()
        plainHasher?.update(chunk)
        return chunk
    }

    private mutating func inflated() throws(NexcageError) -> UnsafeRawBufferPointer {
        while true {
            if pending.isEmpty, !hasMoreOutput {
                pending = try nextRaw()
                if pending.isEmpty { return try end() }
            }
            guard let step = try inflater?.step(pending, into: output.bytes) else {
                defer { pending = UnsafeRawBufferPointer(start: nil, count: 0) }
                return pending
            }
            pending = UnsafeRawBufferPointer(rebasing: pending[step.consumed...])
            hasMoreOutput = !step.endsUnit && step.produced == output.bytes.count
            isInsideUnit = !step.endsUnit
            if step.produced > 0 { return output.prefix(step.produced) }
            guard step.consumed > 0 || step.endsUnit || pending.isEmpty else {
                throw NexcageError(.integrity, "the compressed data cannot be inflated")
            }
        }
    }

    private func end() throws(NexcageError) -> UnsafeRawBufferPointer {
        let isPlain = inflater == nil
        guard isPlain || !isInsideUnit else { throw NexcageError(.integrity, "the compressed data ends too early") }
        return UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private mutating func nextRaw() throws(NexcageError) -> UnsafeRawBufferPointer {
        let chunk = try raw.next()
        rawCount += Int64(chunk.count)
        guard rawCount <= descriptor.size else {
            throw NexcageError(.integrity, "the blob is longer than the \(descriptor.size) bytes of its descriptor")
        }
        rawHasher.update(chunk)
        return chunk
    }

    private func checkLimits() throws(NexcageError) {
        guard plainCount <= limits.plainBytes else {
            throw NexcageError(.integrity, "it inflates to more than \(limits.plainBytes) bytes")
        }
        guard plainCount <= limits.ratioFreeBytes || plainCount / limits.ratio <= rawCount else {
            throw NexcageError(.integrity, "it inflates to more than \(limits.ratio) times its size")
        }
    }

    /// Reads what is left, and compares size, digest and diff_id in this order.
    ///
    /// - Throws: `integrity` for the first that is wrong.
    public consuming func finish() throws(NexcageError) {
        while try !next().isEmpty {}
        guard rawCount == descriptor.size else {
            throw NexcageError(.integrity, "the blob has \(rawCount) bytes, but its descriptor says \(descriptor.size)")
        }
        let digest = try rawHasher.finish()
        guard digest == descriptor.digest else { throw NexcageError(.integrity, "the blob has the digest \(digest)") }
        guard let plain = try plainHasher?.finish() else { return }
        guard plain == diffID else {
            throw NexcageError(.integrity, "its tar has the digest \(plain), but the diff_id is \(diffID)")
        }
    }
}

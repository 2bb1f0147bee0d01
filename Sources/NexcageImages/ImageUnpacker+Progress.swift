internal import NexcageSystem

/// How far ``ImageUnpacker`` is, for whoever draws it.
public struct UnpackProgress: Sendable, Equatable {
    /// What has just happened to the layer.
    public enum Stage: Sendable, Equatable {
        /// It was there already.
        case present
        /// So many bytes of its blob have been read; called for every chunk.
        case reading(bytes: Int64)
        /// It is complete and verified.
        case unpacked(LayerReport)
    }

    /// Number of the layer, from 1 for the lowest.
    public let layer: Int
    /// How many layers the image has.
    public let layerCount: Int
    /// Size of the layer's blob in bytes.
    public let size: Int64
    /// What has just happened.
    public let stage: Stage

    init(_ image: ResolvedImage, _ number: Int, _ stage: Stage) {
        layer = number
        layerCount = image.layers.count
        size = image.layers[number - 1].descriptor.size
        self.stage = stage
    }
}

/// Passes bytes through and tells how many there were so far.
struct CountingSource<Source: ByteSource & ~Copyable>: ByteSource, ~Copyable {
    private var source: Source
    private let report: (Int64) -> Void
    private var count: Int64 = 0

    init(_ source: consuming Source, report: @escaping (Int64) -> Void) {
        self.source = source
        self.report = report
    }

    mutating func next() throws(NexcageError) -> UnsafeRawBufferPointer {
        let chunk = try source.next()
        count += Int64(chunk.count)
        if !chunk.isEmpty { report(count) }
        return chunk
    }
}

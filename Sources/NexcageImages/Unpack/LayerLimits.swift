/// What a layer may cost before it counts as an attack. The defaults let every honest image pass.
public struct LayerLimits: Sendable, Equatable {
    /// Bytes of tar.
    public var plainBytes: Int64 = 64 << 30
    /// Bytes of tar for each byte of the blob. Deflate can reach 1032; what people ship stays below 100.
    public var ratio: Int64 = 250
    /// Bytes of tar up to which the ratio does not matter.
    public var ratioFreeBytes: Int64 = 256 << 20
    /// Entries of the tar, extended headers counted too.
    public var entries = 4_000_000
    /// Bytes of one extended header.
    public var extendedHeaderBytes = 1 << 20
    /// Bytes of memory that a zstd frame may ask for, as a power of two.
    public var zstdWindowLog: Int32 = 27

    /// The defaults.
    public init() {}
}

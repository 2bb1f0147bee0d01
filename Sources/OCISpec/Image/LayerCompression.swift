/// How a layer's tar is packed.
public enum LayerCompression: Hashable, Sendable {
    /// Plain tar.
    case none
    /// gzip
    case gzip
    /// Zstandard
    case zstd
}

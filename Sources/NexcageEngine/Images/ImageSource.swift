internal import OCISpec
internal import SystemPackage

/// An image that is ready to be run: its configuration, and where its files are.
struct ImageSource {
    /// Nil for a plain directory.
    let configuration: ImageConfiguration?
    let manifestDigest: String?
    /// The storage driver that holds the layers, and the uppermost of them; nil for a plain directory.
    let driver: String?
    let parent: String?
    /// The plain directory itself.
    let directory: FilePath?
}

/// How far the unpacking of an image is, for people who wait.
public struct ImageProgress: Sendable, Equatable {
    /// The layer, counted from 1.
    public let layer: Int
    /// How many there are.
    public let layerCount: Int
    /// How many bytes of it were read.
    public let bytes: Int64
    /// How many it has.
    public let size: Int64
}

public import OCISpec

/// An image that is known to the last layer: what to unpack and how to run it.
public struct ResolvedImage: Sendable, Equatable {
    /// Where it was asked for.
    public let reference: ImageReference
    /// The outermost index that the manifest was chosen from; nil if it was named directly.
    public let indexDigest: Digest?
    /// The manifest: the image's identity for one platform.
    public let manifestDigest: Digest
    /// The configuration: what Docker calls the image id.
    public let configurationDigest: Digest
    /// The configuration itself.
    public let configuration: ImageConfiguration
    /// The layers, lowest first; at least one.
    public let layers: [ImageLayer]
    /// Identity of all layers together: the key of the snapshot that shows the image.
    public let topChainID: Digest
}

/// One layer of an image.
public struct ImageLayer: Sendable, Equatable {
    /// The layer as it is stored, usually compressed.
    public let descriptor: Descriptor
    /// Digest of the layer's uncompressed tar.
    public let diffID: Digest
    /// Identity of this layer on top of all those below it: the key of its snapshot (image-spec config.md, "Layer ChainID").
    public let chainID: Digest
}

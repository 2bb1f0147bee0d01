extension MediaType {
    /// What a media type stands for, whether in OCI's or in Docker's words.
    public enum Kind: Hashable, Sendable {
        /// An index, Docker's manifest list.
        case index
        /// A manifest.
        case manifest
        /// An image configuration.
        case config
        /// A layer.
        case layer(LayerCompression)
        /// A layer that registries did not distribute. Its `urls` must not be followed (CVE-2020-15157).
        case nondistributableLayer(LayerCompression)
        /// Anything else: an artifact's configuration or content.
        case other
    }

    /// What this media type stands for.
    public var kind: Kind {
        switch rawValue {
        case Self.index.rawValue, Self.dockerManifestList.rawValue: .index
        case Self.manifest.rawValue, Self.dockerManifest.rawValue: .manifest
        case Self.config.rawValue, Self.dockerConfig.rawValue: .config
        case Self.layerTar.rawValue, "application/vnd.docker.image.rootfs.diff.tar": .layer(.none)
        case Self.layerTarGzip.rawValue, Self.dockerLayerGzip.rawValue: .layer(.gzip)
        case Self.layerTarZstd.rawValue, "application/vnd.docker.image.rootfs.diff.tar.zstd": .layer(.zstd)
        case "application/vnd.oci.image.layer.nondistributable.v1.tar": .nondistributableLayer(.none)
        case "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip":
            .nondistributableLayer(.gzip)
        case "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd": .nondistributableLayer(.zstd)
        default: .other
        }
    }
}

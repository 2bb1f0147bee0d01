public import NexcageSystem
public import OCISpec
public import SystemPackage

/// What `docker save` and `podman save` write: a tar file with `manifest.json`, configurations and layers.
///
/// The format knows no digests of blobs and no manifests of the registry's kind. Both are made here, so that an image from
/// an archive looks like any other: a plain layer's digest is its diff_id, and the manifest travels inside its descriptor.
public struct DockerArchive: ContentReader {
    private struct Image: Sendable {
        let names: [String]
        let manifest: Descriptor
    }

    /// The tar file.
    public let path: FilePath
    private let files: ArchiveIndex
    private var images: [Image] = []
    /// The name in the archive of each configuration and layer.
    private var blobs: [Digest: String] = [:]

    /// Indexes the archive and reads the configurations in it.
    ///
    /// - Throws: `notFound` if there is no such file, `invalid` if it is no such archive, `integrity` for a hostile one,
    ///   `unsupported` for one that is compressed as a whole.
    public init(_ path: FilePath) throws(NexcageError) {
        self.path = path
        files = try ArchiveIndex(path, links: .resolved)
        do throws(NexcageError) {
            let list = try files.read("manifest.json", limit: ImageResolver.documentLimit)
            for image in try DockerArchiveManifest.parse(list, "manifest.json").images {
                images.append(Image(names: image.repoTags, manifest: try manifest(of: image)))
            }
        } catch {
            throw error.wrapped("docker archive \(quoted(path.string))")
        }
    }

    /// The image with this name: `NAME:TAG`, where the tag may be left out if it is `latest`, and so may the registry and
    /// the path in it.
    public func resolve(_ name: String?) throws(NexcageError) -> Descriptor {
        let matching: [Image]
        if let name {
            let exact = images.filter { $0.names.contains(name) }
            matching = exact.isEmpty ? images.filter { $0.names.contains { Self.matches($0, name) } } : exact
        } else {
            matching = images
        }
        guard let first = matching.first, matching.allSatisfy({ $0.manifest.digest == first.manifest.digest }) else {
            let names = images.flatMap(\.names)
            let list =
                names.isEmpty ? "none of them has a name" : "the names are \(names.map(quoted).joined(separator: ", "))"
            throw matching.isEmpty
                ? NexcageError(.notFound, "the archive holds no such image; \(list)")
                : NexcageError(.usage, "the archive holds \(matching.count) such images; \(list)")
        }
        return first.manifest
    }

    /// Opens a configuration or a layer.
    public func open(_ descriptor: Descriptor) throws(NexcageError) -> BlobHandle {
        guard let name = blobs[descriptor.digest] else {
            throw NexcageError(.notFound, "\(descriptor.digest) is not in the archive \(quoted(path.string))")
        }
        return try files.open(name)
    }

    private static func matches(_ full: String, _ name: String) -> Bool {
        [name, "\(name):latest"].contains { full == $0 || full.hasSuffix("/\($0)") }
    }

    private mutating func manifest(of image: DockerArchiveImage) throws(NexcageError) -> Descriptor {
        let bytes = try files.read(image.config, limit: ImageResolver.documentLimit)
        let config = Descriptor(mediaType: .config, digest: try .sha256(of: bytes), size: Int64(bytes.count))
        blobs[config.digest] = image.config
        let diffIDs = try ImageConfiguration.parse(bytes, image.config).rootfs.diffIDs
        guard diffIDs.count == image.layers.count else {
            throw NexcageError(
                .integrity, "it lists \(image.layers.count) layers, but the configuration \(diffIDs.count)")
        }
        var layers: [Descriptor] = []
        for (name, diffID) in zip(image.layers, diffIDs) {
            let layer = try descriptor(ofLayer: name, diffID)
            blobs[layer.digest] = name
            layers.append(layer)
        }
        let manifest = ImageManifest(config: config, layers: layers).encoded()
        var descriptor = Descriptor(
            mediaType: .manifest, digest: try .sha256(of: manifest), size: Int64(manifest.count))
        descriptor.data = manifest
        return descriptor
    }

    private func descriptor(ofLayer name: String, _ diffID: Digest) throws(NexcageError) -> Descriptor {
        let file = try files.open(name)
        let size = file.length
        switch BlobFormat(try file.read(first: BlobFormat.prefixLength)) {
        case .plain: return Descriptor(mediaType: .layerTar, digest: diffID, size: size)
        case .gzip: return Descriptor(mediaType: .layerTarGzip, digest: try .sha256(of: file), size: size)
        case .zstd: return Descriptor(mediaType: .layerTarZstd, digest: try .sha256(of: file), size: size)
        case .foreign: throw NexcageError(.unsupported, "the layer \(quoted(name)) is compressed with bzip2 or xz")
        }
    }
}

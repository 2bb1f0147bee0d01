public import NexcageSystem
public import OCISpec

/// Finds the way from a name to the layers: through indices to the manifest for a platform, its configuration and its
/// layers. Every document is checked against its descriptor before it is parsed.
public struct ImageResolver: Sendable {
    /// The largest manifest, index or configuration that is read: 4 MiB, as registries have it.
    public static let documentLimit = 4 << 20
    /// How deep indices may be nested.
    private static let maximumDepth = 8

    /// What the image must run on.
    public let platform: Platform

    /// A resolver for a platform.
    public init(platform: Platform = .host) {
        self.platform = platform
    }

    /// Resolves the image that the reference names.
    ///
    /// - Parameters:
    ///   - reference: what the user asked for; kept in the result.
    ///   - reader: the place in it, opened by ``ImageReference/reader()``.
    /// - Throws: `notFound` if there is no such image or none for the platform, with those there are; `integrity` for
    ///   content that is not what it should be; `unsupported` for what is no image.
    public func resolve(
        _ reference: ImageReference, in reader: some ContentReader
    ) throws(NexcageError) -> ResolvedImage {
        do throws(NexcageError) {
            let root = try reader.resolve(reference.name)
            return try image(root, reference, reader)
        } catch {
            throw error.wrapped("image \(quoted(reference.description))")
        }
    }

    private func image(
        _ root: Descriptor, _ reference: ImageReference, _ reader: some ContentReader
    ) throws(NexcageError) -> ResolvedImage {
        let found = try manifest(root, reader)
        let manifest: ImageManifest = try document(found, reader, "manifest")
        guard manifest.mediaType == nil || manifest.mediaType == found.mediaType else {
            throw NexcageError(.integrity, "manifest \(found.digest): its media type is not that of its descriptor")
        }
        guard manifest.isImage else {
            let type = manifest.artifactType ?? manifest.config.mediaType
            throw NexcageError(.unsupported, "an artifact of the type \(quoted(type.rawValue)), which cannot be run")
        }
        let configuration: ImageConfiguration = try document(manifest.config, reader, "configuration")
        guard configuration.platform.matches(platform) else {
            throw NexcageError(.notFound, "made for \(shown(configuration.platform)), not for \(platform)")
        }
        let layers = try layers(manifest, configuration)
        guard let top = layers.last else {
            throw NexcageError(.unsupported, "an image without layers, which cannot be run")
        }
        return ResolvedImage(
            reference: reference, indexDigest: found.digest == root.digest ? nil : root.digest,
            manifestDigest: found.digest, configurationDigest: manifest.config.digest, configuration: configuration,
            layers: layers, topChainID: top.chainID)
    }

    /// Follows indices down to a manifest.
    private func manifest(_ root: Descriptor, _ reader: some ContentReader) throws(NexcageError) -> Descriptor {
        var current = root
        for _ in 0..<Self.maximumDepth {
            switch current.mediaType.kind {
            case .manifest: return current
            case .index:
                let index: ImageIndex = try document(current, reader, "index")
                guard index.mediaType == nil || index.mediaType == current.mediaType else {
                    throw NexcageError(
                        .integrity, "index \(current.digest): its media type is not that of its descriptor")
                }
                guard let next = index.manifest(for: platform) else { throw noPlatform(index) }
                current = next
            default:
                throw NexcageError(
                    .unsupported, "content of the type \(quoted(current.mediaType.rawValue)), which is no image")
            }
        }
        throw NexcageError(.integrity, "indices are nested more than \(Self.maximumDepth) deep")
    }

    private func noPlatform(_ index: ImageIndex) -> NexcageError {
        let offered = index.manifests.compactMap(\.platform).filter { $0.os != "unknown" }.map(shown)
        let list = offered.isEmpty ? "no platform at all" : offered.joined(separator: ", ")
        return NexcageError(.notFound, "not made for \(platform), only for \(list)")
    }

    /// A platform comes from the image and is shown like any text from outside.
    private func shown(_ platform: Platform) -> String {
        String(quoted(platform.description).dropFirst().dropLast())
    }

    private func layers(
        _ manifest: ImageManifest, _ configuration: ImageConfiguration
    ) throws(NexcageError) -> [ImageLayer] {
        let diffIDs = configuration.rootfs.diffIDs
        guard manifest.layers.count == diffIDs.count else {
            throw NexcageError(
                .integrity, "the manifest has \(manifest.layers.count) layers, but the configuration \(diffIDs.count)")
        }
        var layers: [ImageLayer] = []
        for (descriptor, diffID) in zip(manifest.layers, diffIDs) {
            switch descriptor.mediaType.kind {
            case .layer, .nondistributableLayer: break
            default:
                throw NexcageError(
                    .unsupported,
                    "layer \(layers.count + 1) has the type \(quoted(descriptor.mediaType.rawValue)), which is no layer"
                )
            }
            let chainID = if let below = layers.last { try Digest.chain(below.chainID, diffID) } else { diffID }
            layers.append(ImageLayer(descriptor: descriptor, diffID: diffID, chainID: chainID))
        }
        return layers
    }

    private func document<Document: JSONDecodable>(
        _ descriptor: Descriptor, _ reader: some ContentReader, _ what: String
    ) throws(NexcageError) -> Document {
        do throws(NexcageError) {
            return try .parse(try reader.read(descriptor, limit: Self.documentLimit), "\(descriptor.digest)")
        } catch { throw error.wrapped(what) }
    }
}

/// A list of images for several platforms (image-spec image-index.md), or Docker's manifest list.
public struct ImageIndex: Equatable, Sendable {
    /// Type of this document; absent in some OCI documents.
    public var mediaType: MediaType?
    /// Type of the artifact, when the index is one.
    public var artifactType: MediaType?
    /// The manifests, or further indices, in order of preference.
    public var manifests: [Descriptor]
    /// The manifest that this one is about.
    public var subject: Descriptor?
    /// Metadata.
    public var annotations: [String: String] = [:]

    /// Makes an OCI index.
    public init(manifests: [Descriptor]) {
        mediaType = .index
        self.manifests = manifests
    }

    /// The first entry that runs on `host`; without one, the first entry that names no platform, whose own
    /// configuration has then to be checked.
    public func manifest(for host: Platform) -> Descriptor? {
        let images = manifests.filter { entry in
            entry.annotations["vnd.docker.reference.type"] == nil
                && (entry.mediaType.kind == .manifest || entry.mediaType.kind == .index)
        }
        return images.first { $0.platform?.matches(host) ?? false } ?? images.first { $0.platform == nil }
    }
}

extension ImageIndex: JSONDecodable, JSONEncodable {
    /// Reads an index; one that could also be read as a manifest is refused (CVE-2021-41190).
    public init(json reader: inout JSONReader) throws(JSONError) {
        var manifests: [Descriptor]?
        var mediaType: MediaType?
        var artifactType: MediaType?
        var subject: Descriptor?
        var annotations: [String: String] = [:]
        var schemaVersion: Int64?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "schemaVersion": schemaVersion = try reader.schemaVersion()
            case "mediaType": mediaType = try reader.mediaType(of: .index, "an image index")
            case "artifactType": artifactType = try reader.value()
            case "manifests": manifests = try reader.value()
            case "subject": subject = try reader.value()
            case "annotations": annotations = try reader.value()
            case "config", "layers", "fsLayers":
                throw reader.error("an image index must not have this member, which belongs to a manifest")
            default: try reader.skip()
            }
        }
        _ = try reader.required(schemaVersion, "schemaVersion", at: start)
        self.init(manifests: try reader.required(manifests, "manifests", at: start))
        self.mediaType = mediaType
        self.artifactType = artifactType
        self.subject = subject
        self.annotations = annotations
    }

    /// Writes the index in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("schemaVersion", 2)
        writer.member("mediaType", mediaType)
        writer.member("artifactType", artifactType)
        writer.member("manifests", manifests)
        writer.member("subject", subject)
        writer.member("annotations", unlessEmpty: annotations)
        writer.endObject()
    }
}

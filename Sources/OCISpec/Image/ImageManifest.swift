/// An image for one platform (image-spec manifest.md), or Docker's schema 2 manifest.
public struct ImageManifest: Equatable, Sendable {
    /// Type of this document; absent in some OCI documents.
    public var mediaType: MediaType?
    /// Type of the artifact, when the manifest is not that of an image.
    public var artifactType: MediaType?
    /// The image configuration.
    public var config: Descriptor
    /// The layers, lowest first.
    public var layers: [Descriptor]
    /// The manifest that this one is about.
    public var subject: Descriptor?
    /// Metadata.
    public var annotations: [String: String] = [:]

    /// Makes an OCI manifest.
    public init(config: Descriptor, layers: [Descriptor]) {
        mediaType = .manifest
        self.config = config
        self.layers = layers
    }

    /// Whether the manifest is that of an image that can be run, and not of another artifact.
    public var isImage: Bool {
        config.mediaType.kind == .config
    }
}

extension ImageManifest: JSONDecodable, JSONEncodable {
    /// Reads a manifest; one that could also be read as an index is refused (CVE-2021-41190).
    public init(json reader: inout JSONReader) throws(JSONError) {
        var config: Descriptor?
        var layers: [Descriptor]?
        var mediaType: MediaType?
        var artifactType: MediaType?
        var subject: Descriptor?
        var annotations: [String: String] = [:]
        var schemaVersion: Int64?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "schemaVersion": schemaVersion = try reader.schemaVersion()
            case "mediaType": mediaType = try reader.mediaType(of: .manifest, "an image manifest")
            case "artifactType": artifactType = try reader.value()
            case "config": config = try reader.value()
            case "layers": layers = try reader.value()
            case "subject": subject = try reader.value()
            case "annotations": annotations = try reader.value()
            case "manifests":
                throw reader.error("an image manifest must not have this member, which belongs to an index")
            default: try reader.skip()
            }
        }
        _ = try reader.required(schemaVersion, "schemaVersion", at: start)
        self.init(
            config: try reader.required(config, "config", at: start),
            layers: try reader.required(layers, "layers", at: start))
        self.mediaType = mediaType
        self.artifactType = artifactType
        self.subject = subject
        self.annotations = annotations
    }

    /// Writes the manifest in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("schemaVersion", 2)
        writer.member("mediaType", mediaType)
        writer.member("artifactType", artifactType)
        writer.member("config", config)
        writer.member("layers", layers)
        writer.member("subject", subject)
        writer.member("annotations", unlessEmpty: annotations)
        writer.endObject()
    }
}

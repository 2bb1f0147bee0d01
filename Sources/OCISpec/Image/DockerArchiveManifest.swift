/// `manifest.json` of a docker-archive, as `docker save` writes it.
public struct DockerArchiveManifest: Equatable, Sendable {
    /// The images of the archive.
    public var images: [DockerArchiveImage]

    /// Makes a manifest.
    public init(images: [DockerArchiveImage]) {
        self.images = images
    }
}

extension DockerArchiveManifest: JSONDecodable, JSONEncodable {
    /// Reads the list.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init(images: try reader.value())
    }

    /// Writes the list.
    public func encode(to writer: inout JSONWriter) {
        images.encode(to: &writer)
    }
}

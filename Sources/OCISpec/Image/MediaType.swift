/// The type of a document or blob (image-spec media-types.md, and Docker's schema 2 of version 2).
public struct MediaType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The type as text.
    public let rawValue: String

    /// Takes the type as it stands in a descriptor.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Takes the type from a Content-Type header: parameters are dropped and letters made lower-case.
    public init(contentType: String) {
        let type = contentType.prefix { $0 != ";" }
        rawValue = String(type.filter { $0 != " " && $0 != "\t" }).lowercased()
    }

    /// The type as text.
    public var description: String { rawValue }

    /// OCI image index.
    public static let index = MediaType(rawValue: "application/vnd.oci.image.index.v1+json")
    /// OCI image manifest.
    public static let manifest = MediaType(rawValue: "application/vnd.oci.image.manifest.v1+json")
    /// OCI image configuration.
    public static let config = MediaType(rawValue: "application/vnd.oci.image.config.v1+json")
    /// OCI layer, plain tar.
    public static let layerTar = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar")
    /// OCI layer, tar in gzip.
    public static let layerTarGzip = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar+gzip")
    /// OCI layer, tar in zstd.
    public static let layerTarZstd = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar+zstd")
    /// The two bytes `{}`, as the configuration of an artifact that is no image.
    public static let empty = MediaType(rawValue: "application/vnd.oci.empty.v1+json")
    /// Docker manifest list.
    public static let dockerManifestList = MediaType(
        rawValue: "application/vnd.docker.distribution.manifest.list.v2+json")
    /// Docker manifest.
    public static let dockerManifest = MediaType(rawValue: "application/vnd.docker.distribution.manifest.v2+json")
    /// Docker image configuration.
    public static let dockerConfig = MediaType(rawValue: "application/vnd.docker.container.image.v1+json")
    /// Docker layer, tar in gzip.
    public static let dockerLayerGzip = MediaType(rawValue: "application/vnd.docker.image.rootfs.diff.tar.gzip")
}

extension MediaType: JSONDecodable, JSONEncodable {
    /// Reads the type from a string.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init(rawValue: try reader.string())
    }

    /// Writes the type as a string.
    public func encode(to writer: inout JSONWriter) {
        writer.string(rawValue)
    }
}

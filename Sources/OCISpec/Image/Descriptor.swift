/// A reference to content: its type, digest and size (image-spec descriptor.md).
public struct Descriptor: Equatable, Sendable {
    /// Type of the content.
    public var mediaType: MediaType
    /// Digest of the content.
    public var digest: Digest
    /// Size of the content in bytes, never negative.
    public var size: Int64
    /// Places to download from. They are kept, but must not be followed (CVE-2020-15157).
    public var urls: [String] = []
    /// Metadata.
    public var annotations: [String: String] = [:]
    /// The platform that an image in an index is made for.
    public var platform: Platform?
    /// Type of the artifact, when the content is the manifest of one.
    public var artifactType: MediaType?
    /// The content itself; its length equals ``size``, whether it has the digest is the caller's to check.
    public var data: [UInt8]?

    /// Makes a descriptor.
    public init(mediaType: MediaType, digest: Digest, size: Int64) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
    }
}

extension Descriptor: JSONDecodable, JSONEncodable {
    /// Reads a descriptor; a missing required member, a negative size or embedded data of another size is an error.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var mediaType: MediaType?
        var digest: Digest?
        var size: Int64?
        var urls: [String] = []
        var annotations: [String: String] = [:]
        var platform: Platform?
        var artifactType: MediaType?
        var data: [UInt8]?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "mediaType": mediaType = try reader.value()
            case "digest": digest = try reader.value()
            case "size": size = try reader.size()
            case "urls": urls = try reader.value()
            case "annotations": annotations = try reader.value()
            case "platform": platform = try reader.value()
            case "artifactType": artifactType = try reader.value()
            case "data": data = try reader.base64()
            default: try reader.skip()
            }
        }
        self.init(
            mediaType: try reader.required(mediaType, "mediaType", at: start),
            digest: try reader.required(digest, "digest", at: start),
            size: try reader.required(size, "size", at: start))
        if let data, Int64(data.count) != self.size {
            throw reader.error("data has \(data.count) bytes, but size says \(self.size)", at: start)
        }
        self.urls = urls
        self.annotations = annotations
        self.platform = platform
        self.artifactType = artifactType
        self.data = data
    }

    /// Writes the descriptor in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("mediaType", mediaType)
        writer.member("digest", digest)
        writer.member("size", size)
        writer.member("urls", unlessEmpty: urls)
        writer.member("annotations", unlessEmpty: annotations)
        writer.member("data", data.map(Base64.encode))
        writer.member("platform", platform)
        writer.member("artifactType", artifactType)
        writer.endObject()
    }
}

extension JSONReader {
    /// A size in bytes, which must not be negative.
    fileprivate mutating func size() throws(JSONError) -> Int64 {
        skipWhitespace()
        let start = position
        let size: Int64 = try integer()
        guard size >= 0 else { throw error("\(size) is negative", at: start) }
        return size
    }

    fileprivate mutating func base64() throws(JSONError) -> [UInt8] {
        skipWhitespace()
        let start = position
        guard let bytes = Base64.decode(try string()) else { throw error("expected base64", at: start) }
        return bytes
    }
}

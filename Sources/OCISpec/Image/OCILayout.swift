/// The file `oci-layout`, which marks a directory as an OCI image layout (image-spec image-layout.md).
public struct OCILayout: Equatable, Sendable {
    /// Version of the layout, of which only 1.0.0 exists.
    public var imageLayoutVersion: String

    /// Makes the marker of the version that exists.
    public init() {
        imageLayoutVersion = "1.0.0"
    }
}

extension OCILayout: JSONDecodable, JSONEncodable {
    /// Reads the marker; an unknown version is an error.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        var version: String?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "imageLayoutVersion": version = try reader.value()
            default: try reader.skip()
            }
        }
        let found = try reader.required(version, "imageLayoutVersion", at: start)
        guard found == imageLayoutVersion else {
            throw reader.error(
                "image layout version \(found.quoted) is not supported, expected \"\(imageLayoutVersion)\"", at: start)
        }
    }

    /// Writes the marker.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("imageLayoutVersion", imageLayoutVersion)
        writer.endObject()
    }
}

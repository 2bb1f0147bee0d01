/// The layers that make an image's root file system.
public struct ImageRootFS: Equatable, Sendable {
    /// Digests of the layers' uncompressed tars, lowest first.
    public var diffIDs: [Digest]

    /// Makes the list.
    public init(diffIDs: [Digest]) {
        self.diffIDs = diffIDs
    }
}

extension ImageRootFS: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when `diff_ids` is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var diffIDs: [Digest]?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "type":
                let start = reader.offset
                let type = try reader.string()
                // The specification wants an error for a kind of root that is not known.
                guard type == "layers" else {
                    throw reader.error("unknown type \(type.quoted), expected \"layers\"", at: start)
                }
            case "diff_ids": diffIDs = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(diffIDs: try reader.required(diffIDs, "diff_ids", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", "layers")
        writer.member("diff_ids", diffIDs)
        writer.endObject()
    }
}

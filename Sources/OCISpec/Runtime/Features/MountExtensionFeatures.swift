/// Mounts beyond mount(2).
public struct MountExtensionFeatures: Equatable, Sendable {
    /// Id-mapped mounts.
    public var idmap: FeatureSwitch?

    /// Unknown.
    public init() {}
}

extension MountExtensionFeatures: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "idmap": idmap = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("idmap", idmap)
        writer.endObject()
    }
}

/// A mount on top of the root (config.md, "Mounts").
public struct MountSpec: Equatable, Sendable {
    /// Path inside the container.
    public var destination: String
    /// Type of the file system, such as `tmpfs`; absent for a bind mount.
    public var type: String?
    /// Device, name or path on the host; a relative path counts from the bundle.
    public var source: String?
    /// Options as in fstab(5).
    public var options: [String]
    /// User ids of an id-mapped mount.
    public var uidMappings: [IDMapping]
    /// Group ids of an id-mapped mount.
    public var gidMappings: [IDMapping]

    /// Takes the members; those that may be absent may be left out.
    public init(
        destination: String, type: String? = nil, source: String? = nil, options: [String] = [],
        uidMappings: [IDMapping] = [], gidMappings: [IDMapping] = []
    ) {
        self.destination = destination
        self.type = type
        self.source = source
        self.options = options
        self.uidMappings = uidMappings
        self.gidMappings = gidMappings
    }
}

extension MountSpec: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when `destination` is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var destination: String?
        var type: String?
        var source: String?
        var options: [String] = []
        var uidMappings: [IDMapping] = []
        var gidMappings: [IDMapping] = []
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "destination": destination = try reader.value()
            case "type": type = try reader.value()
            case "source": source = try reader.value()
            case "options": options = try reader.value()
            case "uidMappings": uidMappings = try reader.value()
            case "gidMappings": gidMappings = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            destination: try reader.required(destination, "destination", at: start),
            type: type,
            source: source,
            options: options,
            uidMappings: uidMappings,
            gidMappings: gidMappings)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("destination", destination)
        writer.member("type", type)
        writer.member("source", source)
        writer.member("options", unlessEmpty: options)
        writer.member("uidMappings", unlessEmpty: uidMappings)
        writer.member("gidMappings", unlessEmpty: gidMappings)
        writer.endObject()
    }
}

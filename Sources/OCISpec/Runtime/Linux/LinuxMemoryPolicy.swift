/// NUMA memory policy (set_mempolicy(2)).
public struct LinuxMemoryPolicy: Equatable, Sendable {
    /// Mode, such as `MPOL_BIND`.
    public var mode: String
    /// Nodes as a list, such as `0-1`.
    public var nodes: String?
    /// Flags, such as `MPOL_F_STATIC_NODES`.
    public var flags: [String]

    /// Takes the members; those that may be absent may be left out.
    public init(mode: String, nodes: String? = nil, flags: [String] = []) {
        self.mode = mode
        self.nodes = nodes
        self.flags = flags
    }
}

extension LinuxMemoryPolicy: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when `mode` is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var mode: String?
        var nodes: String?
        var flags: [String] = []
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "mode": mode = try reader.value()
            case "nodes": nodes = try reader.value()
            case "flags": flags = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            mode: try reader.required(mode, "mode", at: start),
            nodes: nodes,
            flags: flags)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("mode", mode)
        writer.member("nodes", nodes)
        writer.member("flags", unlessEmpty: flags)
        writer.endObject()
    }
}

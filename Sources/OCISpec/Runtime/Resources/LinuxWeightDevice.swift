/// Weight on one block device.
public struct LinuxWeightDevice: Equatable, Sendable {
    /// Major number.
    public var major: Int64
    /// Minor number.
    public var minor: Int64
    /// Weight, 10 to 1000.
    public var weight: UInt16?
    /// Weight of the cgroup's own tasks; cgroup v1.
    public var leafWeight: UInt16?

    /// Takes the members; those that may be absent may be left out.
    public init(major: Int64, minor: Int64, weight: UInt16? = nil, leafWeight: UInt16? = nil) {
        self.major = major
        self.minor = minor
        self.weight = weight
        self.leafWeight = leafWeight
    }
}

extension LinuxWeightDevice: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var major: Int64?
        var minor: Int64?
        var weight: UInt16?
        var leafWeight: UInt16?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "major": major = try reader.value()
            case "minor": minor = try reader.value()
            case "weight": weight = try reader.value()
            case "leafWeight": leafWeight = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            major: try reader.required(major, "major", at: start),
            minor: try reader.required(minor, "minor", at: start),
            weight: weight,
            leafWeight: leafWeight)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("major", major)
        writer.member("minor", minor)
        writer.member("weight", weight)
        writer.member("leafWeight", leafWeight)
        writer.endObject()
    }
}

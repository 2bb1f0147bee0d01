/// A rule of the device cgroup.
public struct LinuxDeviceRule: Equatable, Sendable {
    /// Whether the rule allows or denies.
    public var allow: Bool
    /// `a` for all, `c` or `b`; absent means all.
    public var type: String?
    /// Major number; absent means all.
    public var major: Int64?
    /// Minor number; absent means all.
    public var minor: Int64?
    /// Letters of `rwm`: read, write, make.
    public var access: String?

    /// Takes the members; those that may be absent may be left out.
    public init(allow: Bool, type: String? = nil, major: Int64? = nil, minor: Int64? = nil, access: String? = nil) {
        self.allow = allow
        self.type = type
        self.major = major
        self.minor = minor
        self.access = access
    }
}

extension LinuxDeviceRule: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when `allow` is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var allow: Bool?
        var type: String?
        var major: Int64?
        var minor: Int64?
        var access: String?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "allow": allow = try reader.value()
            case "type": type = try reader.value()
            case "major": major = try reader.value()
            case "minor": minor = try reader.value()
            case "access": access = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            allow: try reader.required(allow, "allow", at: start),
            type: type,
            major: major,
            minor: minor,
            access: access)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("allow", allow)
        writer.member("type", type)
        writer.member("major", major)
        writer.member("minor", minor)
        writer.member("access", access)
        writer.endObject()
    }
}

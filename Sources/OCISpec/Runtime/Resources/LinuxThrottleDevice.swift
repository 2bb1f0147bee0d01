/// Rate on one block device.
public struct LinuxThrottleDevice: Equatable, Sendable {
    /// Major number.
    public var major: Int64
    /// Minor number.
    public var minor: Int64
    /// Bytes or operations a second.
    public var rate: UInt64

    /// Takes the members; those that may be absent may be left out.
    public init(major: Int64, minor: Int64, rate: UInt64) {
        self.major = major
        self.minor = minor
        self.rate = rate
    }
}

extension LinuxThrottleDevice: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var major: Int64?
        var minor: Int64?
        var rate: UInt64?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "major": major = try reader.value()
            case "minor": minor = try reader.value()
            case "rate": rate = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            major: try reader.required(major, "major", at: start),
            minor: try reader.required(minor, "minor", at: start),
            rate: try reader.required(rate, "rate", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("major", major)
        writer.member("minor", minor)
        writer.member("rate", rate)
        writer.endObject()
    }
}

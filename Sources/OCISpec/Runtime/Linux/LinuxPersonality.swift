/// Execution domain (personality(2)).
public struct LinuxPersonality: Equatable, Sendable {
    /// `LINUX` or `LINUX32`.
    public var domain: String
    /// None is defined yet.
    public var flags: [String]

    /// Takes the members; those that may be absent may be left out.
    public init(domain: String, flags: [String] = []) {
        self.domain = domain
        self.flags = flags
    }
}

extension LinuxPersonality: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when `domain` is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var domain: String?
        var flags: [String] = []
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "domain": domain = try reader.value()
            case "flags": flags = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            domain: try reader.required(domain, "domain", at: start),
            flags: flags)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("domain", domain)
        writer.member("flags", unlessEmpty: flags)
        writer.endObject()
    }
}

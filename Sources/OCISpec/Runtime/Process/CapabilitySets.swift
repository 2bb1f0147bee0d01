/// The five capability sets of a process, as names like `CAP_KILL` (capabilities(7)).
public struct CapabilitySets: Equatable, Sendable {
    /// Limit of what execve(2) can give.
    public var bounding: [String] = []
    /// What the kernel checks.
    public var effective: [String] = []
    /// What is kept across execve(2) of a file with inheritable capabilities.
    public var inheritable: [String] = []
    /// Limit of the effective set.
    public var permitted: [String] = []
    /// What is kept across execve(2) of a plain program.
    public var ambient: [String] = []

    /// Empty sets.
    public init() {}
}

extension CapabilitySets: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "bounding": bounding = try reader.value()
            case "effective": effective = try reader.value()
            case "inheritable": inheritable = try reader.value()
            case "permitted": permitted = try reader.value()
            case "ambient": ambient = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("bounding", unlessEmpty: bounding)
        writer.member("effective", unlessEmpty: effective)
        writer.member("inheritable", unlessEmpty: inheritable)
        writer.member("permitted", unlessEmpty: permitted)
        writer.member("ambient", unlessEmpty: ambient)
        writer.endObject()
    }
}

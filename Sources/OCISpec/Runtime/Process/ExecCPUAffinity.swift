/// CPU lists for a process that `exec` adds, such as `0-3,7`.
public struct ExecCPUAffinity: Equatable, Sendable {
    /// CPUs until the process has moved into the container's cgroup.
    public var initial: String?
    /// CPUs afterwards.
    public var final: String?

    /// No change of the affinity.
    public init() {}
}

extension ExecCPUAffinity: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "initial": initial = try reader.value()
            case "final": final = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("initial", initial)
        writer.member("final", final)
        writer.endObject()
    }
}

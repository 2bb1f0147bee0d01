/// One limit of setrlimit(2).
public struct ResourceLimit: Equatable, Sendable {
    /// Name of the limit, such as `RLIMIT_NOFILE`.
    public var type: String
    /// Ceiling that an unprivileged process cannot raise.
    public var hard: UInt64
    /// Value that the kernel enforces.
    public var soft: UInt64

    /// Takes the members; those that may be absent may be left out.
    public init(type: String, hard: UInt64, soft: UInt64) {
        self.type = type
        self.hard = hard
        self.soft = soft
    }
}

extension ResourceLimit: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var type: String?
        var hard: UInt64?
        var soft: UInt64?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "type": type = try reader.value()
            case "hard": hard = try reader.value()
            case "soft": soft = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            type: try reader.required(type, "type", at: start),
            hard: try reader.required(hard, "hard", at: start),
            soft: try reader.required(soft, "soft", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", type)
        writer.member("hard", hard)
        writer.member("soft", soft)
        writer.endObject()
    }
}

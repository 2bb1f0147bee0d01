/// The points of a container's life cycle (runtime.md, "State", and `paused` of runc).
public enum ContainerStatus: String, CaseIterable, Sendable {
    /// Being created.
    case creating
    /// Created; the user's program has not run.
    case created
    /// The user's program runs.
    case running
    /// The user's program is frozen.
    case paused
    /// The user's program has ended.
    case stopped
}

extension ContainerStatus: JSONDecodable, JSONEncodable {
    /// Reads a status; an unknown one is an error.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self = try reader.word("status")
    }

    /// Writes the name of the status.
    public func encode(to writer: inout JSONWriter) {
        writer.string(rawValue)
    }
}

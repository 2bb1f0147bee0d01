/// The kinds of namespace (config-linux.md, "Namespaces").
public enum LinuxNamespaceKind: String, CaseIterable, Sendable {
    /// Process ids.
    case pid
    /// Network devices, addresses, routes and ports.
    case network
    /// Mount points.
    case mount
    /// System V IPC and POSIX message queues.
    case ipc
    /// Host name and domain name.
    case uts
    /// User and group ids.
    case user
    /// Root of the cgroup hierarchy.
    case cgroup
    /// Boot-time and monotonic clocks.
    case time
}

extension LinuxNamespaceKind: JSONDecodable, JSONEncodable {
    /// Reads a kind; an unknown one is an error, as the specification demands.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self = try reader.word("namespace type")
    }

    /// Writes the name of the kind.
    public func encode(to writer: inout JSONWriter) {
        writer.string(rawValue)
    }
}

/// System call filter (config-linux.md, "Seccomp").
public struct LinuxSeccomp: Equatable, Sendable {
    /// What happens to a call that no rule names, such as `SCMP_ACT_ERRNO`.
    public var defaultAction: String
    /// Error number for the default action.
    public var defaultErrnoRet: UInt32?
    /// Architectures beside the native one, such as `SCMP_ARCH_X86`.
    public var architectures: [String]
    /// Flags of seccomp(2), such as `SECCOMP_FILTER_FLAG_LOG`.
    public var flags: [String]
    /// Unix socket that receives the notification file descriptor.
    public var listenerPath: String?
    /// Opaque text for the listener.
    public var listenerMetadata: String?
    /// The rules.
    public var syscalls: [LinuxSyscall]

    /// Takes the members; those that may be absent may be left out.
    public init(
        defaultAction: String, defaultErrnoRet: UInt32? = nil, architectures: [String] = [], flags: [String] = [],
        listenerPath: String? = nil, listenerMetadata: String? = nil, syscalls: [LinuxSyscall] = []
    ) {
        self.defaultAction = defaultAction
        self.defaultErrnoRet = defaultErrnoRet
        self.architectures = architectures
        self.flags = flags
        self.listenerPath = listenerPath
        self.listenerMetadata = listenerMetadata
        self.syscalls = syscalls
    }
}

extension LinuxSeccomp: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when `defaultAction` is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var defaultAction: String?
        var defaultErrnoRet: UInt32?
        var architectures: [String] = []
        var flags: [String] = []
        var listenerPath: String?
        var listenerMetadata: String?
        var syscalls: [LinuxSyscall] = []
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "defaultAction": defaultAction = try reader.value()
            case "defaultErrnoRet": defaultErrnoRet = try reader.value()
            case "architectures": architectures = try reader.value()
            case "flags": flags = try reader.value()
            case "listenerPath": listenerPath = try reader.value()
            case "listenerMetadata": listenerMetadata = try reader.value()
            case "syscalls": syscalls = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            defaultAction: try reader.required(defaultAction, "defaultAction", at: start),
            defaultErrnoRet: defaultErrnoRet,
            architectures: architectures,
            flags: flags,
            listenerPath: listenerPath,
            listenerMetadata: listenerMetadata,
            syscalls: syscalls)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("defaultAction", defaultAction)
        writer.member("defaultErrnoRet", defaultErrnoRet)
        writer.member("architectures", unlessEmpty: architectures)
        writer.member("flags", unlessEmpty: flags)
        writer.member("listenerPath", listenerPath)
        writer.member("listenerMetadata", listenerMetadata)
        writer.member("syscalls", unlessEmpty: syscalls)
        writer.endObject()
    }
}

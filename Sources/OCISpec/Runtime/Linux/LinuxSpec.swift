/// What only Linux has (config-linux.md).
public struct LinuxSpec: Equatable, Sendable {
    /// User ids of a new user namespace.
    public var uidMappings: [IDMapping] = []
    /// Group ids of a new user namespace.
    public var gidMappings: [IDMapping] = []
    /// Kernel parameters by dotted name.
    public var sysctl: [String: String] = [:]
    /// Limits of the container's cgroup.
    public var resources: LinuxResources?
    /// Path of the cgroup, or `slice:prefix:name` for systemd.
    public var cgroupsPath: String?
    /// Namespaces to create or to join; a kind that is not listed is the runtime's own.
    public var namespaces: [LinuxNamespace] = []
    /// Device nodes to make in the container.
    public var devices: [LinuxDevice] = []
    /// Host network interfaces to move into the container, by name on the host.
    public var netDevices: [String: LinuxNetDevice] = [:]
    /// System call filter.
    public var seccomp: LinuxSeccomp?
    /// Mount propagation of the root, such as `rprivate`.
    public var rootfsPropagation: String?
    /// Paths that the container must not be able to read.
    public var maskedPaths: [String] = []
    /// Paths that the container must not be able to write.
    public var readonlyPaths: [String] = []
    /// SELinux context of the mounts.
    public var mountLabel: String?
    /// Cache and memory bandwidth (Intel RDT).
    public var intelRdt: LinuxIntelRdt?
    /// NUMA memory policy.
    public var memoryPolicy: LinuxMemoryPolicy?
    /// Execution domain.
    public var personality: LinuxPersonality?
    /// Offsets of a new time namespace, by clock: `boottime` or `monotonic`.
    public var timeOffsets: [String: LinuxTimeOffset] = [:]

    /// An object without members.
    public init() {}
}

extension LinuxSpec: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "uidMappings": uidMappings = try reader.value()
            case "gidMappings": gidMappings = try reader.value()
            case "sysctl": sysctl = try reader.value()
            case "resources": resources = try reader.value()
            case "cgroupsPath": cgroupsPath = try reader.value()
            case "namespaces": namespaces = try reader.value()
            case "devices": devices = try reader.value()
            case "netDevices": netDevices = try reader.value()
            case "seccomp": seccomp = try reader.value()
            case "rootfsPropagation": rootfsPropagation = try reader.value()
            case "maskedPaths": maskedPaths = try reader.value()
            case "readonlyPaths": readonlyPaths = try reader.value()
            case "mountLabel": mountLabel = try reader.value()
            case "intelRdt": intelRdt = try reader.value()
            case "memoryPolicy": memoryPolicy = try reader.value()
            case "personality": personality = try reader.value()
            case "timeOffsets": timeOffsets = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("uidMappings", unlessEmpty: uidMappings)
        writer.member("gidMappings", unlessEmpty: gidMappings)
        writer.member("sysctl", unlessEmpty: sysctl)
        writer.member("resources", resources)
        writer.member("cgroupsPath", cgroupsPath)
        writer.member("namespaces", unlessEmpty: namespaces)
        writer.member("devices", unlessEmpty: devices)
        writer.member("netDevices", unlessEmpty: netDevices)
        writer.member("seccomp", seccomp)
        writer.member("rootfsPropagation", rootfsPropagation)
        writer.member("maskedPaths", unlessEmpty: maskedPaths)
        writer.member("readonlyPaths", unlessEmpty: readonlyPaths)
        writer.member("mountLabel", mountLabel)
        writer.member("intelRdt", intelRdt)
        writer.member("memoryPolicy", memoryPolicy)
        writer.member("personality", personality)
        writer.member("timeOffsets", unlessEmpty: timeOffsets)
        writer.endObject()
    }
}

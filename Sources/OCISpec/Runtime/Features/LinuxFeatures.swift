/// What a runtime can do on Linux (features-linux.md).
public struct LinuxFeatures: Equatable, Sendable {
    /// Kinds of namespace.
    public var namespaces: [String]?
    /// Names of capabilities.
    public var capabilities: [String]?
    /// Control groups.
    public var cgroup: CgroupFeatures?
    /// System call filters.
    public var seccomp: SeccompFeatures?
    /// AppArmor.
    public var apparmor: FeatureSwitch?
    /// SELinux.
    public var selinux: FeatureSwitch?
    /// Intel RDT.
    public var intelRdt: IntelRdtFeatures?
    /// NUMA memory policy.
    public var memoryPolicy: MemoryPolicyFeatures?
    /// Mounts beyond mount(2).
    public var mountExtensions: MountExtensionFeatures?
    /// Moving of network interfaces.
    public var netDevices: FeatureSwitch?

    /// A section that says nothing.
    public init() {}
}

extension LinuxFeatures: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "namespaces": namespaces = try reader.value()
            case "capabilities": capabilities = try reader.value()
            case "cgroup": cgroup = try reader.value()
            case "seccomp": seccomp = try reader.value()
            case "apparmor": apparmor = try reader.value()
            case "selinux": selinux = try reader.value()
            case "intelRdt": intelRdt = try reader.value()
            case "memoryPolicy": memoryPolicy = try reader.value()
            case "mountExtensions": mountExtensions = try reader.value()
            case "netDevices": netDevices = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("namespaces", namespaces)
        writer.member("capabilities", capabilities)
        writer.member("cgroup", cgroup)
        writer.member("seccomp", seccomp)
        writer.member("apparmor", apparmor)
        writer.member("selinux", selinux)
        writer.member("intelRdt", intelRdt)
        writer.member("memoryPolicy", memoryPolicy)
        writer.member("mountExtensions", mountExtensions)
        writer.member("netDevices", netDevices)
        writer.endObject()
    }
}

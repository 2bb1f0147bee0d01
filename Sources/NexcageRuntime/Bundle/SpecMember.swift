internal import OCISpec

/// A part of config.json that was added to the specification, or to the runtimes, late: older releases pass over it without
/// a word. What a runtime does not know is done by nexcage or refused, and never dropped.
enum SpecMember: String, CaseIterable, Sendable {
    case domainname
    case scheduler = "process.scheduler"
    case ioPriority = "process.ioPriority"
    case execCPUAffinity = "process.execCPUAffinity"
    case idmappedMount = "mounts[].uidMappings"
    case recursiveIdmappedMount = "mounts[].options \"ridmap\""
    case symlinkOption = "mounts[].options \"nosymfollow\""
    case timeOffsets = "linux.timeOffsets"
    case timeNamespace = "linux.namespaces \"time\""
    case personality = "linux.personality"
    case personalityFlags = "linux.personality.flags"
    case cpuIdle = "linux.resources.cpu.idle"
    case cpuBurst = "linux.resources.cpu.burst"
    case rdma = "linux.resources.rdma"
    case intelRdt = "linux.intelRdt"
    case intelRdtSchemata = "linux.intelRdt.schemata"
    case intelRdtMonitoring = "linux.intelRdt.enableMonitoring"
    case netDevices = "linux.netDevices"
    case memoryPolicy = "linux.memoryPolicy"

    /// The parts that a configuration uses, in the order of the specification.
    static func used(by spec: RuntimeSpec) -> [SpecMember] {
        // execCPUAffinity speaks of processes that come later: create has nothing to do for it.
        allCases.filter { $0 != .execCPUAffinity && $0.isUsed(by: spec) }
    }

    /// The parts that the process of an exec uses.
    static func used(by process: ProcessSpec) -> [SpecMember] {
        [.scheduler, .ioPriority, .execCPUAffinity].filter { $0.isUsed(by: process) }
    }

    private func isUsed(by process: ProcessSpec) -> Bool {
        switch self {
        case .scheduler: process.scheduler != nil
        case .ioPriority: process.ioPriority != nil
        case .execCPUAffinity: process.execCPUAffinity != nil
        default: false
        }
    }

    private func isUsed(by spec: RuntimeSpec) -> Bool {
        switch self {
        case .domainname: spec.domainname?.isEmpty == false
        case .scheduler, .ioPriority, .execCPUAffinity: spec.process.map { isUsed(by: $0) } ?? false
        case .idmappedMount: spec.mounts.contains { $0.isIdmapped }
        case .recursiveIdmappedMount: spec.mounts.contains { $0.options.contains("ridmap") }
        case .symlinkOption:
            spec.mounts.contains { $0.options.contains("nosymfollow") || $0.options.contains("rnosymfollow") }
        default: spec.linux.map { isUsed(by: $0) } ?? false
        }
    }

    private func isUsed(by linux: LinuxSpec) -> Bool {
        switch self {
        case .timeOffsets: !linux.timeOffsets.isEmpty
        case .timeNamespace: linux.namespaces.contains { $0.kind == .time }
        // `LINUX` is what a process has anyway.
        case .personality: linux.personality.map { $0.domain != "LINUX" } ?? false
        case .personalityFlags: linux.personality?.flags.isEmpty == false
        case .cpuIdle: linux.resources?.cpu?.idle != nil
        case .cpuBurst: linux.resources?.cpu?.burst != nil
        case .rdma: linux.resources?.rdma.isEmpty == false
        case .intelRdt: linux.intelRdt != nil
        case .intelRdtSchemata: linux.intelRdt?.schemata.isEmpty == false
        case .intelRdtMonitoring: linux.intelRdt?.enableMonitoring == true
        case .netDevices: !linux.netDevices.isEmpty
        case .memoryPolicy: linux.memoryPolicy != nil
        default: false
        }
    }
}

extension MountSpec {
    /// Whether the files of the mount change owners on their way in.
    var isIdmapped: Bool {
        !uidMappings.isEmpty || !gidMappings.isEmpty
            || options.contains { $0.utf8.starts(with: "idmap".utf8) || $0.utf8.starts(with: "ridmap".utf8) }
    }
}

internal import NexcageSystem
internal import OCISpec

/// A member of config.json that came after runtime-spec 1.0. A runtime passes over what it does not know, so that each of
/// these has to be applied or refused by somebody who does.
enum NewerField: String, CaseIterable, Sendable {
    case domainname
    case scheduler = "process.scheduler"
    case ioPriority = "process.ioPriority"
    case execCPUAffinity = "process.execCPUAffinity"
    case idMappedMount = "mounts[].uidMappings"
    case timeOffsets = "linux.timeOffsets"
    case cpuBurst = "linux.resources.cpu.burst"
    case cpuIdle = "linux.resources.cpu.idle"
    case rdma = "linux.resources.rdma"
    case personality = "linux.personality"
    case intelRdt = "linux.intelRdt"
    case intelRdtMonitoring = "linux.intelRdt.enableMonitoring"
    case intelRdtSchemata = "linux.intelRdt.schemata"
    case memoryPolicy = "linux.memoryPolicy"
    case netDevices = "linux.netDevices"

    /// Whether a configuration has the member.
    private func isPresent(in spec: RuntimeSpec) -> Bool {
        switch self {
        case .domainname: !(spec.domainname ?? "").isEmpty
        case .scheduler: spec.process?.scheduler != nil
        case .ioPriority: spec.process?.ioPriority != nil
        case .execCPUAffinity: spec.process?.execCPUAffinity != nil
        case .idMappedMount: spec.mounts.contains { !$0.uidMappings.isEmpty || !$0.gidMappings.isEmpty }
        case .timeOffsets: !(spec.linux?.timeOffsets.isEmpty ?? true)
        case .cpuBurst: spec.linux?.resources?.cpu?.burst != nil
        case .cpuIdle: spec.linux?.resources?.cpu?.idle != nil
        case .rdma: !(spec.linux?.resources?.rdma.isEmpty ?? true)
        // `LINUX` is what a process has anyway.
        case .personality: spec.linux?.personality.map { $0.domain != "LINUX" || !$0.flags.isEmpty } ?? false
        case .intelRdt: spec.linux?.intelRdt != nil
        case .intelRdtMonitoring: spec.linux?.intelRdt?.enableMonitoring ?? false
        case .intelRdtSchemata: !(spec.linux?.intelRdt?.schemata.isEmpty ?? true)
        case .memoryPolicy: spec.linux?.memoryPolicy != nil
        case .netDevices: !(spec.linux?.netDevices.isEmpty ?? true)
        }
    }

    /// The members that a configuration has.
    static func present(in spec: RuntimeSpec) -> [NewerField] {
        allCases.filter { $0.isPresent(in: spec) }
    }

    /// Refuses a configuration for the members that a runtime would drop.
    ///
    /// - Parameter runtime: its name and version, for the message.
    static func refuse(_ fields: [NewerField], _ runtime: String) throws(NexcageError) {
        guard let field = fields.first else { return }
        throw NexcageError(
            .unsupported, "config.json: \"\(field.rawValue)\" is not supported by \(runtime), which would ignore it")
    }
}

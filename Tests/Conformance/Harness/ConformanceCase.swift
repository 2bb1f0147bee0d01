/// One promise of the runtime specification that a runtime can break, and how to find out.
struct ConformanceCase: Sendable {
    /// The case's name, which lists of known failures use; unique and stable.
    let id: String
    /// Page and heading of the specification: `config.md#mounts`.
    let section: String
    /// The promise in a few words of ours.
    let title: String
    /// What the host must have, or the case is skipped.
    let needs: [HostNeed]
    /// Throws ``Failure`` when the runtime breaks the promise.
    let body: @Sendable (Workbench) throws -> Void

    /// Takes the members in the order in which they are read.
    init(
        _ id: String, _ section: String, _ title: String, needs: [HostNeed] = [],
        body: @escaping @Sendable (Workbench) throws -> Void
    ) {
        self.id = id
        self.section = section
        self.title = title
        self.needs = needs
        self.body = body
    }

    /// Every case, in the order of the specification's pages.
    static let all: [ConformanceCase] = [lifecycle, config, linux].flatMap { $0 }

    private static let lifecycle = [
        stateCases, createCases, startCases, killCases, deleteCases, orderCases, hookFailureCases,
    ].flatMap { $0 }

    private static let config = [
        versionCases, rootCases, mountCases, mountOptionCases, recursiveOptionCases, processCases, environmentCases,
        terminalCases, limitCases, capabilityCases, schedulingCases, userCases, nameCases, hookCases, hookInputCases,
        extensibilityCases,
    ].flatMap { $0 }

    private static let linux = [
        fileSystemCases, namespaceCases, joinedNamespaceCases, userNamespaceCases, timeCases, deviceCases,
        defaultDeviceCases, networkDeviceCases, cgroupPathCases, deviceRuleCases, memoryCases, cpuCases,
        otherResourceCases, intelRdtCases, sysctlCases, seccompCases, seccompListenerCases, propagationCases,
        pathCases, memoryPolicyCases, personalityCases,
    ].flatMap { $0 }
}

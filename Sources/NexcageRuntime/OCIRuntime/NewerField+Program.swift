extension NewerField {
    /// Whether a program applies the member or refuses it itself.
    ///
    /// - Parameter line: the first line of its `--version`, `runc version 1.1.5+ds1`. Of other programs than runc and crun
    ///   nothing is known, and they are trusted.
    func isKnown(toProgram line: String) -> Bool {
        let words = line.split(separator: " ")
        guard words.count >= 3 else { return true }
        let version = words[2].split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
        switch words[0] {
        case "runc": return !Self.older(version, firstRunc)
        case "crun": return !Self.older(version, firstCrun)
        default: return true
        }
    }

    private static func older(_ version: [Int], _ first: [Int]) -> Bool {
        version.lexicographicallyPrecedes(first)
    }

    /// The first release of runc that knows the member (its CHANGELOG.md).
    private var firstRunc: [Int] {
        switch self {
        case .intelRdt: [1, 0]
        case .rdma: [1, 1]
        case .domainname, .scheduler, .ioPriority, .idMappedMount, .timeOffsets, .cpuBurst, .cpuIdle, .personality:
            [1, 2]
        case .execCPUAffinity: [1, 3]
        case .intelRdtMonitoring, .intelRdtSchemata, .memoryPolicy, .netDevices: [1, 4]
        }
    }

    /// The first release of crun that knows the member (its NEWS).
    private var firstCrun: [Int] {
        switch self {
        case .domainname, .idMappedMount, .cpuIdle, .personality: [1, 8]
        case .scheduler, .timeOffsets, .cpuBurst, .intelRdt: [1, 9]
        case .ioPriority: [1, 15]
        case .execCPUAffinity: [1, 21]
        case .memoryPolicy, .netDevices, .intelRdtMonitoring, .intelRdtSchemata: [1, 25]
        // No release does.
        case .rdma: [Int.max]
        }
    }
}

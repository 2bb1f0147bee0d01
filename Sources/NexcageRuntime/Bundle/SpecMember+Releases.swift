extension SpecMember {
    /// The programs whose releases are told apart here; any other answers for itself.
    enum Implementation {
        case crun
        case runc
    }

    /// Whether a release does what the member asks for, or refuses it aloud.
    func isKnown(to implementation: Implementation, _ release: RuntimeRelease) -> Bool {
        let first =
            switch implementation {
            case .crun: firstInCrun
            case .runc: firstInRunc
            }
        return first.map { release >= $0 } ?? false
    }

    /// From crun's NEWS and sources; nil is none so far.
    private var firstInCrun: RuntimeRelease? {
        switch self {
        case .personality: RuntimeRelease(0, 10)
        // Before, the mapping was read the wrong way round.
        case .idmappedMount: RuntimeRelease(1, 8, 1)
        case .cpuIdle: RuntimeRelease(1, 5)
        case .domainname: RuntimeRelease(1, 7)
        // 1.8.1 makes the namespace only to lose the container's first process with it.
        case .timeOffsets, .timeNamespace: RuntimeRelease(1, 8, 4)
        case .scheduler: RuntimeRelease(1, 8, 5)
        case .ioPriority: RuntimeRelease(1, 8, 6)
        case .recursiveIdmappedMount: RuntimeRelease(1, 9)
        case .intelRdt: RuntimeRelease(1, 10)
        case .cpuBurst: RuntimeRelease(1, 11)
        case .execCPUAffinity: RuntimeRelease(1, 19)
        case .netDevices, .intelRdtSchemata: RuntimeRelease(1, 22)
        case .memoryPolicy: RuntimeRelease(1, 24)
        case .symlinkOption, .personalityFlags, .rdma, .intelRdtMonitoring: nil
        }
    }

    /// From runc's change log and from what 1.1.5 was seen to do; nil is none so far.
    private var firstInRunc: RuntimeRelease? {
        switch self {
        case .rdma: RuntimeRelease(1, 1)
        // 1.1 refuses the namespace, and with it the offsets, aloud.
        case .timeOffsets, .timeNamespace: RuntimeRelease(1, 1)
        case .domainname, .scheduler, .ioPriority, .idmappedMount, .recursiveIdmappedMount, .personality, .cpuBurst,
            .symlinkOption, .cpuIdle, .intelRdt:
            RuntimeRelease(1, 2)
        case .execCPUAffinity: RuntimeRelease(1, 3)
        case .netDevices, .memoryPolicy, .intelRdtSchemata, .intelRdtMonitoring: RuntimeRelease(1, 4)
        case .personalityFlags: nil
        }
    }
}

internal import OCISpec

/// The system call filter that a container gets: what programs need is allowed, what only a host's administrator needs is
/// refused, and what is not known here does not exist.
///
/// A known call answers EPERM, an unknown one ENOSYS: a C library that tries a new call first then falls back to the old
/// one instead of failing. Calls that a capability guards are allowed with that capability.
enum DefaultSeccompProfile {
    static func make(capabilities: CapabilityPolicy) -> LinuxSeccomp {
        let granted = SyscallNames.byCapability.filter { capabilities.names.contains($0.capability) }.flatMap(\.names)
        let guarded = SyscallNames.byCapability.flatMap(\.names)
        // clone and clone3 are never refused as a whole: without their flags for namespaces everybody needs them.
        let withheld = Set(guarded).subtracting(granted).subtracting(["clone", "clone3"])
        let allowed = SyscallNames.everyday + Set(granted).sorted()
        let refused = SyscallNames.administration + withheld.sorted()

        var rules = [
            LinuxSyscall(names: allowed, action: allow),
            LinuxSyscall(names: refused, action: fail, errnoRet: operationNotPermitted),
            // Virtual machine sockets reach the hypervisor past every network namespace.
            allowing("socket", LinuxSeccompArgument(index: 0, value: addressFamilyVSock, op: "SCMP_CMP_NE")),
        ]
        rules += personalities.map { value in
            allowing("personality", LinuxSeccompArgument(index: 0, value: value, op: "SCMP_CMP_EQ"))
        }
        if !granted.contains("clone") {
            // clone3(2), whose flags lie in memory where no filter can read them, stays unknown: the C library then uses
            // clone(2).
            let flags = LinuxSeccompArgument(index: 0, value: namespaceFlags, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ")
            rules.append(allowing("clone", flags))
        }
        return LinuxSeccomp(
            defaultAction: fail, defaultErrnoRet: functionNotImplemented, architectures: architectures, syscalls: rules)
    }

    private static func allowing(_ name: String, _ condition: LinuxSeccompArgument) -> LinuxSyscall {
        LinuxSyscall(names: [name], action: allow, args: [condition])
    }

    private static let allow = "SCMP_ACT_ALLOW"
    private static let fail = "SCMP_ACT_ERRNO"
    private static let operationNotPermitted: UInt32 = 1
    private static let functionNotImplemented: UInt32 = 38
    private static let addressFamilyVSock: UInt64 = 40
    /// CLONE_NEWNS, -NEWCGROUP, -NEWUTS, -NEWIPC, -NEWUSER, -NEWPID and -NEWNET.
    private static let namespaceFlags: UInt64 = 0x7E02_0000
    /// PER_LINUX and PER_LINUX32, each also with UNAME26, and the question for the present one.
    private static let personalities: [UInt64] = [0, 0x8, 0x20000, 0x20008, 0xFFFF_FFFF]

    #if arch(arm64)
        private static let architectures = ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"]
    #else
        private static let architectures = ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]
    #endif
}

public import OCISpec

extension LibcrunBackend: RefusingBackend {
    /// What neither the linked release nor nexcage in its place does.
    public func refusedMembers() -> [String] {
        SpecMember.allCases.filter { !$0.isKnown(to: .crun, Self.release) && !LibcrunDocument.ownWork.contains($0) }
            .map(\.rawValue)
    }

    /// The options that libcrun turns into mount flags (its mount_flags.c), sorted.
    public static var mountOptions: [String] {
        var options = [
            "async", "atime", "bind", "defaults", "dev", "diratime", "dirsync", "exec", "idmap", "mand", "noatime",
            "nodev", "nodiratime", "noexec", "nomand", "norelatime", "nostrictatime", "nosuid", "private", "rasync",
            "ratime", "rbind", "rdev", "rdiratime", "rdirsync", "relatime", "remount", "rexec", "rmand", "rnoatime",
            "rnodev", "rnodiratime", "rnoexec", "rnomand", "rnorelatime", "rnostrictatime", "rnosuid", "ro",
            "rprivate", "rrelatime", "rro", "rrw", "rshared", "rslave", "rstrictatime", "rsuid", "rsync",
            "runbindable", "rw", "shared", "slave", "strictatime", "suid", "sync", "tmpcopyup", "unbindable",
        ]
        if SpecMember.recursiveIdmappedMount.isKnown(to: .crun, release) { options.append("ridmap") }
        if release >= RuntimeRelease(1, 10) { options.append("copy-symlink") }
        return options.sorted()
    }

    /// Annotations by which a bundle can make libcrun do what the rest of its configuration does not say.
    public static var unsafeAnnotations: [String] { ["module.wasm.image/variant", "run.oci."] }

    /// The Linux part of the features document without the capabilities: libcrun's abilities, and nexcage's on top.
    public static var linuxFeatures: LinuxFeatures {
        var linux = LinuxFeatures()
        linux.namespaces = LinuxNamespaceKind.allCases.map(\.rawValue).sorted()
        linux.cgroup = cgroupFeatures
        linux.seccomp = seccompFeatures
        linux.apparmor = FeatureSwitch(enabled: true)
        linux.selinux = FeatureSwitch(enabled: true)
        linux.intelRdt = IntelRdtFeatures()
        linux.intelRdt?.enabled = SpecMember.intelRdt.isKnown(to: .crun, release)
        linux.intelRdt?.schemata = SpecMember.intelRdtSchemata.isKnown(to: .crun, release)
        linux.intelRdt?.monitoring = SpecMember.intelRdtMonitoring.isKnown(to: .crun, release)
        linux.memoryPolicy = MemoryPolicyFeatures()
        linux.memoryPolicy?.modes = LinuxMemoryPolicy.modes.map(\.name)
        linux.memoryPolicy?.flags = LinuxMemoryPolicy.bits.map(\.name)
        linux.mountExtensions = MountExtensionFeatures()
        linux.mountExtensions?.idmap = FeatureSwitch(enabled: SpecMember.idmappedMount.isKnown(to: .crun, release))
        linux.netDevices = FeatureSwitch(enabled: SpecMember.netDevices.isKnown(to: .crun, release))
        return linux
    }

    private static var cgroupFeatures: CgroupFeatures {
        var cgroup = CgroupFeatures()
        cgroup.v1 = true
        cgroup.v2 = true
        cgroup.systemd = true
        cgroup.systemdUser = true
        cgroup.rdma = SpecMember.rdma.isKnown(to: .crun, release)
        return cgroup
    }

    private static var seccompFeatures: SeccompFeatures {
        var seccomp = SeccompFeatures()
        seccomp.enabled = true
        seccomp.actions = [
            "SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD",
            "SCMP_ACT_LOG", "SCMP_ACT_NOTIFY", "SCMP_ACT_TRACE", "SCMP_ACT_TRAP",
        ]
        seccomp.operators = [
            "SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_LE", "SCMP_CMP_LT", "SCMP_CMP_MASKED_EQ",
            "SCMP_CMP_NE",
        ]
        // libcrun leaves the names to libseccomp.
        seccomp.archs = [
            "SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM", "SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64", "SCMP_ARCH_MIPS64N32",
            "SCMP_ARCH_MIPSEL", "SCMP_ARCH_MIPSEL64", "SCMP_ARCH_MIPSEL64N32", "SCMP_ARCH_PARISC",
            "SCMP_ARCH_PARISC64", "SCMP_ARCH_PPC", "SCMP_ARCH_PPC64", "SCMP_ARCH_PPC64LE", "SCMP_ARCH_RISCV64",
            "SCMP_ARCH_S390", "SCMP_ARCH_S390X", "SCMP_ARCH_X32", "SCMP_ARCH_X86", "SCMP_ARCH_X86_64",
        ]
        let flags = [
            "SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW", "SECCOMP_FILTER_FLAG_TSYNC",
            "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV",
        ]
        seccomp.knownFlags = flags
        seccomp.supportedFlags = flags
        return seccomp
    }
}

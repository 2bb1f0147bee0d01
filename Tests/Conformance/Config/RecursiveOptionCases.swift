import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    private static let optionSection = "config.md#linux-mount-options"

    /// An option for a tree of mounts, and what then stands in the mount table for the mount below or must not.
    private static func recursive(
        _ option: String, shows: String? = nil, hides: String? = nil, inner: String = "rw"
    ) -> ConformanceCase {
        ConformanceCase(
            "option-\(option)", optionSection, "\(option) is applied to the mounts below, or refused"
        ) { bench in
            try nested(bench, "rbind", option, inner: inner)
            try bench.launchOrBeRefused()
            let mount = try bench.mount(at: "/data/inner")
            let options = mount.options.joined(separator: ",")
            if let shows { try expect(mount.has(shows), "\(shows) is not among \(options) of the inner mount") }
            if let hides { try expect(!mount.options.contains(Substring(hides)), "\(hides) is among \(options)") }
        }
    }

    private static let mapping = [IDMapping(containerID: 0, hostID: 100_000, size: 65_536)]

    static let recursiveOptionCases: [ConformanceCase] = [
        recursive("rro", shows: "ro"), recursive("rrw", shows: "rw", inner: "rw"),
        recursive("rnosuid", shows: "nosuid"), recursive("rsuid", hides: "nosuid", inner: "nosuid"),
        recursive("rnodev", shows: "nodev"), recursive("rdev", hides: "nodev", inner: "nodev"),
        recursive("rnoexec", shows: "noexec"), recursive("rexec", hides: "noexec", inner: "noexec"),
        recursive("rnodiratime", shows: "nodiratime"), recursive("rdiratime", hides: "nodiratime", inner: "nodiratime"),
        recursive("rnoatime", shows: "noatime"), recursive("ratime", hides: "noatime", inner: "noatime"),
        recursive("rrelatime", shows: "relatime"), recursive("rstrictatime", hides: "relatime"),
        recursive("rnosymfollow", shows: "nosymfollow"), recursive("rsymfollow", hides: "nosymfollow"),
        ConformanceCase(
            "idmap-mount", "config.md#posix-platform-mounts", "an id-mapped mount shows mapped owners, or is refused"
        ) { bench in
            try bench.addBind("host", at: "/data", options: ["bind", "idmap"])
            bench.spec.mounts[bench.spec.mounts.count - 1].uidMappings = mapping
            bench.spec.mounts[bench.spec.mounts.count - 1].gidMappings = mapping
            try expectEqual(
                bench.runOrBeRefused("stat -c %u:%g /data").output, "100000:100000", "the owner in the container")
        },
        ConformanceCase(
            "idmap-mount-implied", "config.md#posix-platform-mounts",
            "mappings alone make a mount id-mapped, or are refused"
        ) { bench in
            try bench.addBind("host", at: "/data", options: ["bind"])
            bench.spec.mounts[bench.spec.mounts.count - 1].uidMappings = mapping
            bench.spec.mounts[bench.spec.mounts.count - 1].gidMappings = mapping
            try expectEqual(
                bench.runOrBeRefused("stat -c %u:%g /data").output, "100000:100000", "the owner in the container")
        },
        ConformanceCase(
            "idmap-mount-half", "config.md#posix-platform-mounts", "user mappings without group mappings are refused"
        ) { bench in
            try bench.addBind("host", at: "/data", options: ["bind", "idmap"])
            bench.spec.mounts[bench.spec.mounts.count - 1].uidMappings = mapping
            try bench.mustRefuse("half of an id-mapping")
        },
    ]
}

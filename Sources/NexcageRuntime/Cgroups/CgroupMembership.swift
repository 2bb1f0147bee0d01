public import NexcageSystem
internal import SystemPackage

/// The control groups that a process is in, as directories of the host (/proc/PID/cgroup, cgroups(7)).
public struct CgroupMembership: Sendable, Equatable {
    /// v1: the directory of each controller.
    private(set) var controllers: [String: FilePath] = [:]
    /// The directory in the cgroup2 hierarchy.
    private(set) var unified: FilePath?

    /// The groups of a process that is alive.
    public init(of process: ProcessIdentity) throws(NexcageError) {
        let bytes = try HostFile.read(FilePath("/proc/\(process.pid)/cgroup"), limit: 64 << 10)
        self.init(parsing: String(decoding: bytes, as: UTF8.self), unifiedRoot: CgroupLayout.unifiedDirectory)
    }

    /// The groups that a recorded /proc/PID/cgroup names.
    init(parsing text: String, unifiedRoot: FilePath) {
        for line in text.split(separator: "\n") {
            // "4:memory:/a/b"; the path may hold colons, the first two fields may not.
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let path = FilePath(String(fields[2].drop { $0 == "/" }))
            if fields[1].isEmpty {
                unified = unifiedRoot.pushing(path)
            } else {
                let directory = CgroupLayout.directory(ofV1: String(fields[1])).pushing(path)
                for controller in fields[1].split(separator: ",") { controllers[String(controller)] = directory }
            }
        }
    }

    /// Whether the processes are frozen.
    public var isFrozen: Bool {
        if let freezer = controllers["freezer"] {
            return CgroupFile(freezer.appending("freezer.state")).text()?.hasPrefix("FROZEN") ?? false
        }
        guard let unified else { return false }
        return CgroupFile(unified.appending("cgroup.freeze")).number() == 1
    }

    /// The directory that holds a controller's files: v1's own, else the cgroup2 one.
    func directory(of controller: String) -> FilePath? {
        controllers[controller] ?? unified
    }
}

import Glibc
import NexcageSystem
import SystemPackage

/// The host's control groups, whichever version it has.
enum Cgroups {
    private static let mount: FilePath = "/sys/fs/cgroup"

    /// Whether the host has cgroup v2 alone.
    static let isUnified = HostFile.exists("/sys/fs/cgroup/cgroup.controllers")

    /// Whether limits of a controller can be set.
    static func hasController(_ name: String) -> Bool {
        guard isUnified else { return HostFile.exists(FilePath("\(mount)/\(name)/cgroup.procs")) }
        return procText("/sys/fs/cgroup/cgroup.controllers")?.split(separator: " ").contains { $0 == name } == true
    }

    /// Whether groups of a v1 controller have a file. On cgroup v2 it is assumed, for its controllers go with the kernel.
    static func hasFile(_ controller: String, _ file: String) -> Bool {
        guard !isUnified else { return true }
        if HostFile.exists(FilePath("\(mount)/\(controller)/\(file)")) { return true }
        // The root of a hierarchy has not all the files of its groups.
        let group = "\(mount)/\(controller)/nxconf\(getpid())-probe-\(file)"
        guard mkdir(group, 0o700) == 0 else { return false }
        defer { rmdir(group) }
        return HostFile.exists(FilePath("\(group)/\(file)"))
    }

    /// The directory of a process's group.
    ///
    /// - Parameter controller: of cgroup v1; with cgroup v2 there is one directory for all.
    static func directory(of pid: Int32, _ controller: String) throws -> FilePath {
        let text = try require(procText("/proc/\(pid)/cgroup"), "/proc/\(pid)/cgroup")
        for line in text.lines {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            if isUnified, parts[0] == "0" { return FilePath("\(mount)\(parts[2])") }
            if parts[1].split(separator: ",").contains(Substring(controller)) {
                return FilePath("\(mount)/\(controller)\(parts[2])")
            }
        }
        throw Failure.broken("process \(pid) is in no group of the controller \(controller)")
    }

    /// Every directory below the mount point whose path contains a text.
    static func directories(named part: String) throws -> [String] {
        let find = Command(
            try Command.locate("find"), [mount.string, "-depth", "-type", "d", "-path", "*\(part)*"])
        // Groups that go away while they are listed are no failure.
        return String(decoding: try LiveCommandRunner().run(find).output, as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }
}

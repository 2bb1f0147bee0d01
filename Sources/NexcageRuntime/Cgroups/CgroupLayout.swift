internal import Glibc
internal import NexcageSystem
internal import SystemPackage

/// How this host mounts its control groups (cgroups(7)).
public enum CgroupLayout: String, Sendable {
    /// One hierarchy with all controllers, at /sys/fs/cgroup.
    case unified
    /// A hierarchy for each v1 controller, and a cgroup2 one at /sys/fs/cgroup/unified.
    case hybrid
    /// Only v1 hierarchies.
    case legacy

    private static let root: FilePath = "/sys/fs/cgroup"

    /// The layout of this host.
    public static var current: CgroupLayout {
        if HostFile.exists(root.appending("cgroup.controllers")) { return .unified }
        return HostFile.exists(root.appending("unified/cgroup.controllers")) ? .hybrid : .legacy
    }

    /// What keeps crun from running here, with the way out, or nil.
    ///
    /// crun refuses a hybrid layout in which a controller still sits in the cgroup2 hierarchy; a machine that mounts no
    /// v1 hierarchy for hugetlb is in that state.
    static func obstacleForCrun() -> String? {
        guard current == .hybrid else { return nil }
        let file = root.appending("unified/cgroup.controllers")
        // Where the file cannot be read crun itself will say what is wrong.
        guard let bytes = try? HostFile.read(file, limit: 4096) else { return nil }
        let controllers = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard let first = controllers.first else { return nil }
        let ways = controllers.map { name in
            "mkdir -p \(root)/\(name) && mount -t cgroup -o \(name) none \(root)/\(name)"
        }
        return
            "crun cannot work while the controller \"\(first)\" sits in the cgroup2 hierarchy of a hybrid layout; give it"
            + " a v1 hierarchy: \(ways.joined(separator: "; "))"
    }

    /// The directory in which a controller's hierarchy is mounted; v1 hierarchies stand under their controllers' names.
    static func directory(ofV1 controllers: String) -> FilePath {
        let name = controllers.hasPrefix("name=") ? String(controllers.dropFirst(5)) : controllers
        return root.appending(name)
    }

    /// Removes a group from every hierarchy in which it is there and empty.
    ///
    /// - Parameter path: absolute in the hierarchies, without steps back.
    static func removeEmptyGroups(_ path: FilePath) {
        var hierarchies = [root]
        if current != .unified {
            do throws(NexcageError) {
                hierarchies = try HostDirectory.entries(root).map { root.appending($0) }
            } catch {
                // Where the folder cannot be read no group can have been made.
                return
            }
        }
        for hierarchy in hierarchies {
            // rmdir(2) takes no group with a process or a child in it, and that is what is wanted.
            _ = hierarchy.pushing(FilePath(root: nil, path.components)).withPlatformString { rmdir($0) }
        }
    }

    /// The directory of the cgroup2 hierarchy.
    static var unifiedDirectory: FilePath {
        current == .unified ? root : root.appending("unified")
    }
}

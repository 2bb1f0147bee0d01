import NexcageSystem
import SystemPackage

/// What a container leaves on a host: what `delete` has to take away.
enum Leftovers {
    /// Everything of a container that is still there, by kind and place; empty after a clean `delete`.
    static func find(_ id: String, in scratch: Scratch) throws -> [String] {
        var found: [String] = []
        for folder in [scratch.stateRoot, scratch.stateRoot.appending(".crun"), scratch.stateRoot.appending(".runc")] {
            if HostFile.exists(folder.appending(id)) { found.append("state \(folder.appending(id))") }
        }
        for folder in [scratch.dataRoot.appending("containers").appending(id)] where HostFile.exists(folder) {
            found.append("files \(folder)")
        }
        found += try mounts(below: scratch.path).filter { $0.contains(id) }.map { "mount \($0)" }
        found += cgroups(of: id, below: "/sys/fs/cgroup").map { "cgroup \($0)" }
        found += try processes(of: id).map { "process \($0)" }
        return found
    }

    /// The mount points below a path, in the order in which they were made.
    static func mounts(below path: FilePath) throws -> [String] {
        // procfs files have no size, and cannot be read as a whole in one go.
        let text = String(decoding: try HostFile.readStream("/proc/self/mountinfo", limit: 16 << 20), as: UTF8.self)
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 4, fields[4].hasPrefix("\(path)/") else { return nil }
            return String(fields[4])
        }
    }

    /// The control groups whose names contain the id.
    private static func cgroups(of id: String, below folder: FilePath, depth: Int = 4) -> [FilePath] {
        // A group that goes away while it is listed is none.
        guard depth > 0, let names = try? HostDirectory.entries(folder) else { return [] }
        var found: [FilePath] = []
        for name in names {
            let path = folder.appending(name)
            guard HostDirectory.isDirectory(path) else { continue }
            if name.string.contains(id) { found.append(path) }
            found += cgroups(of: id, below: path, depth: depth - 1)
        }
        return found
    }

    /// Living processes in a control group of the container, or with its id on their command line.
    private static func processes(of id: String) throws -> [Int32] {
        var found: [Int32] = []
        for name in try HostDirectory.entries("/proc") {
            guard let pid = Int32(name.string), let process = try? ProcessIdentity(of: pid), process.isAlive else { continue }
            let belongs = ["cgroup", "cmdline"].contains { file in
                // A process that ends while it is looked at is none.
                guard let bytes = try? HostFile.readStream(FilePath("/proc/\(pid)/\(file)"), limit: 1 << 20) else { return false }
                return String(decoding: bytes, as: UTF8.self).contains(id)
            }
            if belongs { found.append(pid) }
        }
        return found
    }
}


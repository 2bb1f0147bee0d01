import Glibc
import NexcageSystem
package import SystemPackage

/// What a container leaves on a host: what `delete` has to take away.
package enum Leftovers {
    /// Everything of a container that is still there, by kind and place; empty after a clean `delete`.
    package static func find(_ id: String, in scratch: Scratch) throws -> [String] {
        var found: [String] = []
        for folder in [scratch.stateRoot, scratch.stateRoot.appending(".crun"), scratch.stateRoot.appending(".runc")] {
            if HostFile.exists(folder.appending(id)) { found.append("state \(folder.appending(id))") }
        }
        for folder in [scratch.dataRoot.appending("containers").appending(id)] where HostFile.exists(folder) {
            found.append("files \(folder)")
        }
        found += try mounts(below: scratch.path).filter { $0.contains(id) }.map { "mount \($0)" }
        found += try cgroups(of: id).map { "cgroup \($0)" }
        found += try processes(of: id).map { "process \($0)" }
        return found
    }

    /// The mount points below a path, in the order in which they were made.
    package static func mounts(below path: FilePath) throws -> [String] {
        // procfs files have no size, and cannot be read as a whole in one go.
        let text = String(decoding: try HostFile.readStream("/proc/self/mountinfo", limit: 16 << 20), as: UTF8.self)
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 4, fields[4].hasPrefix("\(path)/") else { return nil }
            return String(fields[4])
        }
    }

    /// The control groups whose names contain the id; find(1), because there are many groups and most tests look.
    private static func cgroups(of id: String) throws -> [Substring] {
        let find = Command(try Command.locate("find"), ["/sys/fs/cgroup", "-type", "d", "-name", "*\(id)*"])
        // A group that goes away while it is listed is no failure.
        return String(decoding: try LiveCommandRunner().run(find).output, as: UTF8.self).split(separator: "\n")
    }

    /// Removes what a test has left behind on purpose or by its failure, so that the next one starts clean.
    package static func clear(_ mark: String) throws {
        for pid in try processes(of: mark) { kill(pid, SIGKILL) }
        for group in try cgroups(of: mark) { rmdir(String(group)) }
    }

    /// Living processes in a control group of the container, or with its id on their command line.
    private static func processes(of id: String) throws -> [Int32] {
        var found: [Int32] = []
        for name in try HostDirectory.entries("/proc") {
            guard let pid = Int32(name.string), let process = try? ProcessIdentity(of: pid), process.isAlive else {
                continue
            }
            let belongs = ["cgroup", "cmdline"].contains { file in
                // A process that ends while it is looked at is none.
                guard let bytes = try? HostFile.readStream(FilePath("/proc/\(pid)/\(file)"), limit: 1 << 20) else {
                    return false
                }
                return bytes.containsBytes(of: id)
            }
            if belongs { found.append(pid) }
        }
        return found
    }
}

extension [UInt8] {
    /// Whether a text is in there; strstr(3), because every process of the host is looked at by most tests.
    fileprivate func containsBytes(of text: String) -> Bool {
        // The words of a command line are apart by zeros, which would end it here.
        let haystack = map { CChar(bitPattern: $0 == 0 ? 0x20 : $0) } + [0]
        return strstr(haystack, text) != nil
    }
}

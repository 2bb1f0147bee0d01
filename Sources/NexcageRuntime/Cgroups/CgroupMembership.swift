public import NexcageSystem
internal import SystemPackage

/// The control groups that a process is in, as directories of the host (/proc/PID/cgroup, cgroups(7)).
public struct CgroupMembership: Sendable {
    /// v1: one entry a hierarchy, its controllers joined by commas as the kernel has them, and the directory.
    ///
    /// A list that is searched, because every `state` comes here and a cold process pays for its first dictionary.
    private var hierarchies: [(controllers: [UInt8], directory: FilePath)] = []
    /// The directory in the cgroup2 hierarchy.
    private(set) var unified: FilePath?

    /// The groups of a process that is alive.
    public init(of process: ProcessIdentity) throws(NexcageError) {
        let bytes = try HostFile.read(FilePath("/proc/\(process.pid)/cgroup"), limit: 64 << 10)
        self.init(parsing: bytes, unifiedRoot: CgroupLayout.unifiedDirectory)
    }

    /// The groups that a recorded /proc/PID/cgroup names.
    init(parsing bytes: [UInt8], unifiedRoot: FilePath) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 0x0A }
            rest = rest[line.endIndex...].dropFirst()
            // "4:memory:/a/b"; the path may hold colons, the first two fields may not.
            let colon = UInt8(ascii: ":")
            let number = line.prefix { $0 != colon }
            let controllers = line[number.endIndex...].dropFirst().prefix { $0 != colon }
            guard controllers.endIndex < line.endIndex else { continue }
            let path = line[controllers.endIndex...].dropFirst().drop { $0 == UInt8(ascii: "/") }
            let folder = FilePath(String(decoding: path, as: UTF8.self))
            if controllers.isEmpty {
                unified = unifiedRoot.pushing(folder)
            } else {
                let mount = CgroupLayout.directory(ofV1: String(decoding: controllers, as: UTF8.self))
                hierarchies.append((Array(controllers), mount.pushing(folder)))
            }
        }
    }

    /// The directory of a v1 controller; nil where the controller is not in a v1 hierarchy.
    func v1Directory(of controller: StaticString) -> FilePath? {
        hierarchies.first { Self.holds($0.controllers, controller) }?.directory
    }

    private static func holds(_ list: [UInt8], _ controller: StaticString) -> Bool {
        let name = UnsafeBufferPointer(start: controller.utf8Start, count: controller.utf8CodeUnitCount)
        return list.split(separator: UInt8(ascii: ",")).contains { $0.elementsEqual(name) }
    }

    /// Whether the processes are frozen.
    public var isFrozen: Bool {
        if let freezer = v1Directory(of: "freezer") {
            return CgroupFile(freezer.appending("freezer.state")).text()?.hasPrefix("FROZEN") ?? false
        }
        guard let unified else { return false }
        return CgroupFile(unified.appending("cgroup.freeze")).number() == 1
    }

    /// The directory that holds a controller's files: v1's own, else the cgroup2 one.
    func directory(of controller: StaticString) -> FilePath? {
        v1Directory(of: controller) ?? unified
    }
}

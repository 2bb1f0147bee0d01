import NexcageSystem
import OCISpec
import SystemPackage

extension Workbench {
    /// A file of the container's process in procfs.
    func proc(_ name: String) throws -> String {
        try require(procText(FilePath("/proc/\(pid)/\(name)")), "/proc/\(pid)/\(name)")
    }

    /// The mounts of the container in the order in which they were made.
    func mounts() throws -> [MountEntry] { try proc("mountinfo").lines.compactMap { MountEntry($0) } }

    /// The uppermost mount at a path of the container.
    func mount(at path: String) throws -> MountEntry {
        try require(mounts().last { $0.point == path }, "mount at \(path)")
    }

    /// The namespace of the container's process, as the kernel names it.
    func namespace(_ kind: String) throws -> String { try namespaceName(of: "\(pid)", kind) }

    /// What is in a file of the container's control group.
    ///
    /// - Parameters:
    ///   - v1: controller and file of cgroup v1: `memory/memory.limit_in_bytes`.
    ///   - v2: the file of cgroup v2; nil if it has none like it.
    func limit(_ v1: String, v2: String?) throws -> String {
        let parts = v1.split(separator: "/", maxSplits: 1)
        let directory = try Cgroups.directory(of: pid, String(parts[0]))
        guard let file = Cgroups.isUnified ? v2 : String(parts[1]) else {
            throw Failure.skipped("cgroup v2 has nothing like \(v1)")
        }
        return try require(procText(directory.appending(file)), "\(directory)/\(file)")
    }

    /// Puts a file into the root file system.
    func put(_ text: String, at name: String, mode: UInt32 = 0o644) throws {
        try HostFile.replace(root.appending(name), with: Array(text.utf8), mode: mode, durability: .boot)
    }

    /// What a program has written into a file of the root file system, without the newline at its end.
    func text(_ name: String) throws -> String { try require(procText(root.appending(name)), "file /\(name)") }

    /// What a hook or another program has written into a file beside the root file system.
    func bundleText(_ name: String) throws -> String { try require(procText(bundle.appending(name)), "file \(name)") }

    /// Adds a mount behind the usual ones.
    func addMount(
        _ destination: String, type: String? = nil, source: String? = nil, options: [String] = []
    ) {
        spec.mounts.append(MountSpec(destination: destination, type: type, source: source, options: options))
    }

    /// Makes a directory on the host, beside the root file system, and puts it into the container.
    func addBind(_ name: String, at destination: String, options: [String]) throws {
        let source = bundle.appending(name)
        try HostDirectory.create(source, mode: 0o777)
        addMount(destination, type: "none", source: source.string, options: options)
    }

    /// The Linux part of the configuration.
    var linux: LinuxSpec {
        get { spec.linux ?? LinuxSpec() }
        set { spec.linux = newValue }
    }

    /// The process of the configuration.
    var process: ProcessSpec {
        get { spec.process ?? ProcessSpec() }
        set { spec.process = newValue }
    }

    /// Gives the process capabilities in every set but the inheritable and ambient ones.
    func grant(_ names: String...) {
        var sets = process.capabilities ?? CapabilitySets()
        sets.bounding += names
        sets.effective += names
        sets.permitted += names
        process.capabilities = sets
    }

    /// Replaces or adds a namespace.
    func useNamespace(_ kind: LinuxNamespaceKind, path: String? = nil) {
        linux.namespaces.removeAll { $0.kind == kind }
        linux.namespaces.append(LinuxNamespace(kind, path: path))
    }

    /// Leaves a namespace to the runtime's own.
    func shareNamespace(_ kind: LinuxNamespaceKind) { linux.namespaces.removeAll { $0.kind == kind } }
}

/// The kernel's name of a process's namespace: `net:[4026531840]`.
func namespaceName(of process: String, _ kind: String) throws -> String {
    let name = FilePath("/proc/\(process)/ns/\(kind)")
    return try require(linkTarget(name), "\(name)")
}

internal import Glibc
internal import NexcageSystem
internal import OCISpec
internal import SystemPackage

/// The configuration that libcrun is given: the bundle's, except where the linked release would refuse or misread it.
///
/// What the release does not know is left to ``unknown``, for the backend to do; the bundle's file is never written.
struct LibcrunDocument {
    /// The document.
    let bytes: [UInt8]
    /// What a new time namespace is set to; nil if libcrun makes it, or none is wanted.
    let timeOffsets: String?
    /// The members that nexcage has to see to.
    let unknown: [SpecMember]

    /// What nexcage does itself where libcrun does not.
    static let ownWork: [SpecMember] = [
        .scheduler, .ioPriority, .execCPUAffinity, .cpuBurst, .timeOffsets, .timeNamespace, .memoryPolicy,
    ]

    /// Prepares the configuration of a bundle.
    ///
    /// - Parameter listenDescriptors: how many descriptors of socket activation the container's process is told of, as
    ///   runc does it.
    /// - Throws: `unsupported`, naming the first member that neither libcrun nor nexcage can do here.
    init(
        _ bundle: Bundle, for release: RuntimeRelease, listenDescriptors: Int32 = 0
    ) throws(NexcageError) {
        let used = SpecMember.used(by: bundle.spec)
        unknown = used.filter { !$0.isKnown(to: .crun, release) }
        for member in unknown where !Self.ownWork.contains(member) {
            throw NexcageError(
                .unsupported, "\(member.rawValue) is not supported by libcrun \(release); use another runtime")
        }
        let makesTimeNamespace = try Self.makesTimeNamespace(bundle.spec, unknown, release)
        timeOffsets = makesTimeNamespace ? Self.timeOffsets(of: bundle.spec) : nil

        var document = bundle.document
        let sources = try Self.sourcesOfIdmappedMounts(in: bundle)
        do throws(JSONError) {
            if makesTimeNamespace || !sources.isEmpty || listenDescriptors > 0 {
                var tree = try JSONValue.decode(document)
                if makesTimeNamespace { Self.removeTimeNamespace(from: &tree) }
                Self.replaceSources(in: &tree, with: sources)
                if listenDescriptors > 0 { Self.announce(listenDescriptors, in: &tree) }
                document = tree.encoded()
            }
            // libcrun looks for "1.0" in the version until 1.14.2, and does not look at it afterwards.
            if !bundle.spec.ociVersion.utf8.starts(with: "1.0.".utf8) {
                document = try RuntimeSpec.replacingVersion(in: document, with: "1.0.2")
            }
        } catch {
            throw NexcageError(.invalid, "\(quoted(bundle.configuration.string)): \(error)")
        }
        bytes = document
    }

    private static func makesTimeNamespace(
        _ spec: RuntimeSpec, _ unknown: [SpecMember], _ release: RuntimeRelease
    ) throws(NexcageError) -> Bool {
        guard unknown.contains(.timeNamespace) else { return false }
        let path = spec.linux?.namespaces.first { $0.kind == .time }?.path
        guard path == nil else {
            throw NexcageError(
                .unsupported, "joining the time namespace \(quoted(path ?? "")) is not supported by libcrun \(release)")
        }
        return true
    }

    /// The lines of /proc/PID/timens_offsets (time_namespaces(7)).
    private static func timeOffsets(of spec: RuntimeSpec) -> String {
        var lines = ""
        for (clock, offset) in spec.linux?.timeOffsets ?? [:] {
            lines += "\(clock) \(offset.secs ?? 0) \(offset.nanosecs ?? 0)\n"
        }
        return lines
    }

    /// The container's first process is number 1 of its pid namespace.
    private static func announce(_ listenDescriptors: Int32, in tree: inout JSONValue) {
        guard var process = tree["process"] else { return }
        let rest = (process["env"]?.array ?? []).filter { entry in
            guard let text = entry.string?.utf8 else { return true }
            return !text.starts(with: "LISTEN_FDS=".utf8) && !text.starts(with: "LISTEN_PID=".utf8)
        }
        process.set(
            "env", to: .array(rest + [.string("LISTEN_FDS=\(listenDescriptors)"), .string("LISTEN_PID=1")]))
        tree.set("process", to: process)
    }

    private static func removeTimeNamespace(from tree: inout JSONValue) {
        guard var linux = tree["linux"], let namespaces = linux["namespaces"]?.array else { return }
        linux.set("namespaces", to: .array(namespaces.filter { $0["type"]?.string != "time" }))
        linux.set("timeOffsets", to: nil)
        tree.set("linux", to: linux)
    }

    /// Where the id-mapped bind mounts really come from, by their place in the list.
    ///
    /// libcrun opens these without a directory to count from and without following a symbolic link: the first fails, the
    /// second mounts the target as if no mapping had been asked for.
    private static func sourcesOfIdmappedMounts(
        in bundle: Bundle
    ) throws(NexcageError) -> [(index: Int, source: String)] {
        var sources: [(index: Int, source: String)] = []
        for (index, mount) in bundle.spec.mounts.enumerated() where mount.isIdmapped && mount.isBind {
            guard let source = mount.source else { continue }
            let path = bundle.path.pushing(FilePath(source))
            guard let real = path.withPlatformString({ realpath($0, nil) }) else {
                throw NexcageError.system("find the source of the mount \(quoted(mount.destination))", path, .current)
            }
            defer { free(real) }
            sources.append((index, String(cString: real)))
        }
        return sources
    }

    private static func replaceSources(in tree: inout JSONValue, with sources: [(index: Int, source: String)]) {
        guard !sources.isEmpty, var mounts = tree["mounts"]?.array else { return }
        for (index, source) in sources where index < mounts.count { mounts[index].set("source", to: .string(source)) }
        tree.set("mounts", to: .array(mounts))
    }
}

extension MountSpec {
    /// Whether the source is a path.
    fileprivate var isBind: Bool {
        type == "bind" || options.contains("bind") || options.contains("rbind")
    }
}

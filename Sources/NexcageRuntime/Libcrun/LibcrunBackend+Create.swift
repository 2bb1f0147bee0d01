internal import CLibcrun
internal import Glibc
public import NexcageSystem
internal import OCISpec
internal import SystemPackage

extension LibcrunBackend {
    /// libcrun's create, in a child that shares our memory; then what the linked release leaves undone.
    public func create(_ request: CreateRequest) throws(NexcageError) -> ProcessIdentity {
        let document = try LibcrunDocument(
            request.bundle, for: Self.release, listenDescriptors: Environment.listenDescriptors)
        try HostDirectory.create(request.container.folder(of: name))
        let group = Self.newGroup(request)
        do throws(NexcageError) {
            try withMemoryPolicy(document, request.bundle.spec) { () throws(NexcageError) in
                try make(request, document)
            }
        } catch {
            // libcrun forgets its groups when it fails between making them and writing its status.
            if let group { CgroupLayout.removeEmptyGroups(group) }
            throw error
        }
        do throws(NexcageError) {
            let process = try ProcessIdentity(readingPidFile: Self.pidFile(of: request.container))
            try complete(process, document, request.bundle.spec)
            return process
        } catch {
            do throws(NexcageError) {
                try delete(request.container, force: true)
            } catch let second {
                throw error.alsoFailing(second)
            }
            throw error
        }
    }

    /// The group that libcrun is going to make, absolute in each hierarchy; nil for one that is there already, and where
    /// systemd makes it.
    private static func newGroup(_ request: CreateRequest) -> FilePath? {
        guard !request.container.systemdCgroup else { return nil }
        let declared = request.bundle.spec.linux?.cgroupsPath ?? ""
        let name = declared.isEmpty ? "\(request.container.id)" : declared
        // Steps back would be for the engine's author to explain; nothing is removed there.
        guard !name.utf8.elementsEqual("/".utf8), !name.contains("..") else { return nil }
        let path = "/" + name
        return HostFile.exists(FilePath("\(CgroupLayout.unifiedDirectory)\(path)")) ? nil : FilePath(path)
    }

    private func make(_ request: CreateRequest, _ document: LibcrunDocument) throws(NexcageError) {
        let container = request.container
        var strings = CStrings()
        let offsets = document.timeOffsets.flatMap { strings.copy($0) }
        try call(container, consoleSocket: request.consoleSocket, pidFile: Self.pidFile(of: container)) {
            context, failure in
            context.no_pivot = request.noPivot
            context.no_new_keyring = request.noNewKeyring
            context.preserve_fds = request.preservedDescriptors
            context.listen_fds = Environment.listenDescriptors
            context.lock_fd = request.lockDescriptor?.rawValue ?? 0
            context.time_offsets = offsets
            return document.bytes.withUnsafeBytes { json in
                nxc_crun_create(&context, json.baseAddress, json.count, &failure)
            }
        }
        withExtendedLifetime(strings) {}
    }

    /// A memory policy can only be inherited: it is ours while the container's first process is made.
    private func withMemoryPolicy(
        _ document: LibcrunDocument, _ spec: RuntimeSpec, _ body: () throws(NexcageError) -> Void
    ) throws(NexcageError) {
        guard document.unknown.contains(.memoryPolicy), let policy = spec.linux?.memoryPolicy else {
            return try body()
        }
        try policy.apply()
        do throws(NexcageError) {
            try body()
        } catch {
            try LinuxMemoryPolicy.reset()
            throw error
        }
        try LinuxMemoryPolicy.reset()
    }

    /// What can be done to the first process from outside while it waits for start.
    private func complete(
        _ process: ProcessIdentity, _ document: LibcrunDocument, _ spec: RuntimeSpec
    ) throws(NexcageError) {
        try spec.process?.place(process.pid, doing: document.unknown)
        if document.unknown.contains(.cpuBurst), let burst = spec.linux?.resources?.cpu?.burst {
            try CgroupMembership(of: process).setBurst(burst)
        }
    }
}

internal import CLibcrun
internal import Glibc
public import NexcageSystem
internal import SystemPackage

extension LibcrunBackend {
    /// libcrun's checkpoint, which drives the `criu` found in PATH.
    public func checkpoint(_ container: BackendContainer, _ options: CheckpointOptions) throws(NexcageError) {
        try requireCRIU()
        try withCheckpoint(options) { (checkpoint) throws(NexcageError) in
            try call(container) { context, failure in
                nxc_crun_checkpoint_container(&context, &checkpoint, &failure)
            }
        }
    }

    /// libcrun's restore, detached.
    public func restore(
        _ request: CreateRequest, _ options: CheckpointOptions
    ) throws(NexcageError) -> ProcessIdentity {
        try requireCRIU()
        try HostDirectory.create(request.container.folder(of: name))
        let pidFile = Self.pidFile(of: request.container)
        try withCheckpoint(options) { (checkpoint) throws(NexcageError) in
            checkpoint.detach = true
            try call(request.container, consoleSocket: options.consoleSocket, pidFile: pidFile) { context, failure in
                context.lock_fd = request.lockDescriptor?.rawValue ?? 0
                return nxc_crun_restore_container(&context, &checkpoint, &failure)
            }
        }
        return try ProcessIdentity(readingPidFile: pidFile)
    }

    private func requireCRIU() throws(NexcageError) {
        guard nxc_crun_has_criu() else {
            throw NexcageError(.unsupported, "this build of libcrun has no CRIU; use the runc backend")
        }
    }

    private func withCheckpoint(
        _ options: CheckpointOptions, _ body: (inout nxc_crun_checkpoint) throws(NexcageError) -> Void
    ) throws(NexcageError) {
        var strings = CStrings()
        var checkpoint = nxc_crun_checkpoint()
        checkpoint.image_path = strings.copy(options.imagePath)
        checkpoint.work_path = strings.copy(options.workPath)
        checkpoint.parent_path = strings.copy(options.parentPath.map { FilePath($0) })
        checkpoint.console_socket = strings.copy(options.consoleSocket)
        checkpoint.leave_running = options.leaveRunning
        checkpoint.pre_dump = options.preDump
        checkpoint.tcp_established = options.tcpEstablished
        checkpoint.ext_unix_sk = options.externalUnixSockets
        checkpoint.shell_job = options.shellJob
        checkpoint.file_locks = options.fileLocks
        checkpoint.manage_cgroups_mode = try Self.cgroupsMode(options.manageCgroups)
        try body(&checkpoint)
    }

    private static func cgroupsMode(_ word: String?) throws(NexcageError) -> nxc_crun_cgroups_mode {
        switch word {
        case nil: return NXC_CRUN_CGROUPS_DEFAULT
        case "soft": return NXC_CRUN_CGROUPS_SOFT
        case "full": return NXC_CRUN_CGROUPS_FULL
        case "strict": return NXC_CRUN_CGROUPS_STRICT
        case "ignore": return NXC_CRUN_CGROUPS_IGNORE
        case let other?:
            throw NexcageError(
                .usage, "unknown cgroups mode \(quoted(other)); the modes are soft, full, strict and ignore")
        }
    }
}

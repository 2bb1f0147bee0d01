internal import CNexcageSystem
internal import Glibc
internal import SystemPackage

extension RootDirectory {
    /// A file-system context of fsopen(2) for overlayfs: options one by one, then the mount.
    struct OverlayContext: ~Copyable {
        private let context: OwnedDescriptor
        /// The working directory that the names of layers are relative to, if they are.
        private var base: FilePath?

        /// The longest value that fsconfig(2) takes.
        private static let valueLimit = 255

        init() throws(NexcageError) {
            context = try OwnedDescriptor(checking: nxc_fs_open("overlay"), "fsopen", "overlay")
        }

        /// Sets `key=value` or a flag.
        func set(option: String) throws(NexcageError) {
            let parts = option.split(separator: "=", maxSplits: 1)
            guard let key = parts.first else { return }
            let result =
                parts.count == 2
                ? nxc_fs_set(context.descriptor.rawValue, String(key), String(parts[1]))
                : nxc_fs_set(context.descriptor.rawValue, String(key), nil)
            guard result == 0 else { throw failure("set overlay option \(quoted(option))") }
        }

        /// Sets the directories: each lower one by itself where the kernel can (`lowerdir+`, Linux 6.8), else all in one
        /// option that has to be short.
        mutating func setLayers(lower: [FilePath], upper: FilePath?, work: FilePath?) throws(NexcageError) {
            for (index, path) in lower.enumerated() {
                if nxc_fs_set(context.descriptor.rawValue, "lowerdir+", path.string) == 0 { continue }
                guard index == 0, errno == EINVAL else { throw failure("add overlay layer \(quoted(path.string))") }
                return try setShortLayers(lower: lower, upper: upper, work: work)
            }
            if let upper { try set(option: "upperdir=\(upper.string)") }
            if let work { try set(option: "workdir=\(work.string)") }
        }

        /// For Linux before 6.8: names relative to the directory that all layers lie in, so that a hundred of them fit.
        mutating func setShortLayers(
            lower: [FilePath], upper: FilePath?, work: FilePath?
        ) throws(NexcageError) {
            guard let directory = lower.first?.removingLastComponent(),
                lower.allSatisfy({ $0.removingLastComponent() == directory })
            else { throw NexcageError(.unsupported, "mount overlay: layers in several directories need Linux 6.8") }
            let names = lower.compactMap { $0.lastComponent?.string }.joined(separator: ":")
            guard names.utf8.count <= Self.valueLimit else {
                throw NexcageError(.unsupported, "mount overlay: \(lower.count) layers need Linux 6.8")
            }
            base = directory
            // Newer kernels look the names up now, older ones when the mount is made.
            try inBase { () throws(NexcageError) in try set(option: "lowerdir=\(names)") }
            if let upper { try set(option: "upperdir=\(upper.string)") }
            if let work { try set(option: "workdir=\(work.string)") }
        }

        /// Makes the mount, attached nowhere.
        consuming func mount() throws(NexcageError) -> OwnedDescriptor {
            try inBase { () throws(NexcageError) in
                guard nxc_fs_create(context.descriptor.rawValue) == 0 else { throw failure("mount overlay") }
            }
            return try OwnedDescriptor(checking: nxc_fs_mount(context.descriptor.rawValue), "fsmount", "overlay")
        }

        /// Calls `body` where relative names are looked up. This thread alone moves there for that moment.
        private borrowing func inBase(_ body: () throws(NexcageError) -> Void) throws(NexcageError) {
            guard let base else { return try body() }
            let directory = try RootDirectory(base)
            guard nxc_unshare_working_directory() == 0 else { throw NexcageError.system("unshare", nil, .current) }
            let home = try OwnedDescriptor(checking: nxc_open_directory_path("."), "open", ".")
            guard fchdir(directory.descriptor.rawValue) == 0 else {
                throw NexcageError.system("chdir to", base, .current)
            }
            // Back to a directory that was left just now and is held open: nothing can be in the way.
            defer { _ = fchdir(home.descriptor.rawValue) }
            try body()
        }

        /// The error number and, where the kernel gives one, its sentence: `overlay: no redirect_dir with ...`.
        private borrowing func failure(_ activity: String) -> NexcageError {
            let reason = Errno.current
            let error = NexcageError.system(activity, nil, reason)
            let message = [UInt8](unsafeUninitializedCapacity: 512) { buffer, count in
                let text = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
                count = max(nxc_fs_message(context.descriptor.rawValue, text, 512), 0)
            }
            guard !message.isEmpty else { return error }
            let text = String(decoding: message.prefix { $0 >= 0x20 }, as: UTF8.self)
            return NexcageError(error.code, "\(error.message) (kernel: \(text))")
        }
    }
}

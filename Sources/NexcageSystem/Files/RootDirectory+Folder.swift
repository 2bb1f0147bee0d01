internal import CNexcageSystem
public import Glibc
public import SystemPackage

extension RootDirectory {
    /// A directory that was found inside a root and is held by its descriptor.
    ///
    /// Every operation takes the name of something right in this directory and never follows a symbolic link there. New
    /// things get what the umask leaves of their mode; ``setMode(of:_:)`` sets it exactly.
    public struct Folder: ~Copyable {
        let handle: OwnedDescriptor

        init(_ handle: consuming OwnedDescriptor) {
            self.handle = handle
        }

        /// The `O_PATH` descriptor; valid as long as this value lives.
        public var descriptor: FileDescriptor { handle.descriptor }

        var raw: Int32 { handle.descriptor.rawValue }

        /// What the name is, or nil if there is nothing of that name.
        public borrowing func status(of name: Name) throws(NexcageError) -> Status? {
            var status = stat()
            if name.with({ fstatat(raw, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 { return Status(status) }
            if errno == ENOENT { return nil }
            throw NexcageError.system("stat", name.description, .current)
        }

        /// What this directory itself is.
        public borrowing func status() throws(NexcageError) -> Status {
            var status = stat()
            guard fstat(raw, &status) == 0 else { throw NexcageError.system("stat", nil, .current) }
            return Status(status)
        }

        /// The names in this directory without `.` and `..`, in no order.
        public borrowing func entries() throws(NexcageError) -> [Name] {
            let readable = openat(raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard readable >= 0, let stream = fdopendir(readable) else {
                throw NexcageError.system("list directory", nil, .current)
            }
            defer { closedir(stream) }
            var names: [Name] = []
            while true {
                errno = 0
                guard let entry = readdir(stream) else { break }
                let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 }.map { $0 } }
                if bytes != [0x2E], bytes != [0x2E, 0x2E] { names.append(Name(unchecked: bytes)) }
            }
            guard errno == 0 else { throw NexcageError.system("list directory", nil, .current) }
            return names
        }

        /// The directory of that name; a symbolic link is an error.
        public borrowing func folder(_ name: Name) throws(NexcageError) -> Folder {
            let flags = nxc_o_path() | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
            let opened = name.with { openat(raw, $0, flags) }
            return Folder(try OwnedDescriptor(checking: opened, "open directory", name.description))
        }

        /// This directory once more, open for reading: for what an `O_PATH` descriptor cannot do, such as fchmod(2).
        public borrowing func readable() throws(NexcageError) -> OwnedDescriptor {
            let opened = openat(raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            return try OwnedDescriptor(checking: opened, "open directory", ".")
        }

        /// Opens a regular file for reading.
        ///
        /// - Throws: `invalid` if it is anything but a regular file.
        public borrowing func openFile(_ name: Name) throws(NexcageError) -> OwnedDescriptor {
            let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
            guard try status(of: name)?.kind == .file else {
                throw NexcageError(.invalid, "open \(quoted(name.description)): not a regular file")
            }
            return try OwnedDescriptor(checking: name.with { openat(raw, $0, flags) }, "open", name.description)
        }

        /// Makes a new, empty file and opens it for writing.
        ///
        /// - Returns: nil if the name is taken.
        public borrowing func createFile(_ name: Name, mode: mode_t = 0o600) throws(NexcageError) -> OwnedDescriptor? {
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let file = name.with { openat(raw, $0, flags, mode) }
            if file < 0, errno == EEXIST { return nil }
            return try OwnedDescriptor(checking: file, "create", name.description)
        }

        /// Makes a directory.
        ///
        /// - Returns: false if the name is taken.
        @discardableResult
        public borrowing func makeDirectory(_ name: Name, mode: mode_t = 0o700) throws(NexcageError) -> Bool {
            try made(name, "make directory", name.with { mkdirat(raw, $0, mode) })
        }

        /// Makes a symbolic link whose text is `target`, which nobody looks up.
        ///
        /// - Returns: false if the name is taken.
        @discardableResult
        public borrowing func makeSymbolicLink(_ name: Name, to target: [UInt8]) throws(NexcageError) -> Bool {
            let result = Name.withPointer(target + [0]) { target in name.with { symlinkat(target, raw, $0) } }
            return try made(name, "make symbolic link", result)
        }

        /// Makes `name` another name of a file; a symbolic link gets a second name itself.
        ///
        /// - Returns: false if the name is taken.
        @discardableResult
        public borrowing func makeLink(
            _ name: Name, to target: Name, in folder: borrowing Folder
        ) throws(NexcageError) -> Bool {
            let result = target.with { target in name.with { linkat(folder.raw, target, raw, $0, 0) } }
            return try made(name, "link", result)
        }

        /// Makes a device node, FIFO or socket.
        ///
        /// - Parameters:
        ///   - mode: kind and permission bits, as mknod(2) has them.
        ///   - device: what the node stands for; 0 for a FIFO.
        /// - Returns: false if the name is taken.
        @discardableResult
        public borrowing func makeNode(_ name: Name, mode: mode_t, device: dev_t) throws(NexcageError) -> Bool {
            try made(name, "make node", name.with { mknodat(raw, $0, mode, device) })
        }

        private borrowing func made(_ name: Name, _ call: String, _ result: Int32) throws(NexcageError) -> Bool {
            if result == 0 { return true }
            if errno == EEXIST { return false }
            throw NexcageError.system(call, name.description, .current)
        }
    }
}

internal import CNexcageSystem
public import Glibc
public import SystemPackage

/// Attributes of a file that is open already: one system call each and no second look at its name.
extension FileDescriptor {
    /// fchown(2). The kernel clears set-uid, set-gid and `security.capability`, so owners come before both.
    public func setOwner(_ owner: uid_t, _ group: gid_t) throws(NexcageError) {
        guard fchown(rawValue, owner, group) == 0 else { throw NexcageError.system("change owner", nil, .current) }
    }

    /// fchmod(2).
    public func setMode(_ mode: mode_t) throws(NexcageError) {
        guard fchmod(rawValue, mode) == 0 else { throw NexcageError.system("change mode", nil, .current) }
    }

    /// Sets access and modification time.
    public func setTimes(_ time: timespec) throws(NexcageError) {
        let result = withUnsafePointer(to: (time, time)) { pair in
            pair.withMemoryRebound(to: timespec.self, capacity: 2) { futimens(rawValue, $0) }
        }
        guard result == 0 else { throw NexcageError.system("set times", nil, .current) }
    }

    /// Sets an extended attribute.
    ///
    /// - Returns: false if the file system cannot have it.
    public func setAttribute(_ key: [UInt8], _ value: [UInt8]) throws(NexcageError) -> Bool {
        let result = value.withUnsafeBytes { value in
            RootDirectory.Name.withPointer(key + [0]) {
                nxc_xattr_set(rawValue, nil, $0, value.baseAddress, value.count)
            }
        }
        if result == 0 { return true }
        if errno == ENOTSUP || errno == EPERM { return false }
        throw NexcageError.system("set attribute", nil, .current)
    }

    /// Fills an empty file with the content of another one, sharing its blocks where the file system can.
    public func copyContent(of source: FileDescriptor) throws(NexcageError) {
        if nxc_clone_file(rawValue, source.rawValue) == 0 { return }
        while true {
            let count = nxc_copy_range(rawValue, source.rawValue, 1 << 30)
            if count == 0 { return }
            guard count > 0 || errno == EINTR else { throw NexcageError.system("copy content", nil, .current) }
        }
    }

    /// syncfs(2): everything written to the file system of this descriptor is on the disk when this returns.
    public func synchronizeFileSystem() throws(NexcageError) {
        guard nxc_sync_file_system(rawValue) == 0 else { throw NexcageError.system("syncfs", nil, .current) }
    }
}

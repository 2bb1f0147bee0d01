internal import CNexcageSystem
public import Glibc

extension RootDirectory.Folder {
    /// Changes owner and group, of a link itself too.
    public borrowing func setOwner(of name: RootDirectory.Name, _ owner: uid_t, _ group: gid_t) throws(NexcageError) {
        try check(name.with { fchownat(raw, $0, owner, group, AT_SYMLINK_NOFOLLOW) }, "change owner of", name)
    }

    /// Sets the permission bits exactly; a symbolic link, which has none, is an error.
    public borrowing func setMode(of name: RootDirectory.Name, _ mode: mode_t) throws(NexcageError) {
        try check(name.with { nxc_chmod_at(raw, $0, mode) }, "change mode of", name)
    }

    /// Sets access and modification time, of a link itself too.
    public borrowing func setTimes(of name: RootDirectory.Name, _ time: timespec) throws(NexcageError) {
        let result = withUnsafePointer(to: (time, time)) { pair in
            pair.withMemoryRebound(to: timespec.self, capacity: 2) { times in
                name.with { utimensat(raw, $0, times, AT_SYMLINK_NOFOLLOW) }
            }
        }
        try check(result, "set times of", name)
    }

    /// Sets an extended attribute, of a link itself too.
    ///
    /// - Returns: false if the file system or the kind of file cannot have it.
    public borrowing func setAttribute(
        of name: RootDirectory.Name, _ key: [UInt8], _ value: [UInt8]
    ) throws(NexcageError) -> Bool {
        let result = value.withUnsafeBytes { value in
            RootDirectory.Name.withPointer(key + [0]) { key in
                name.with { nxc_xattr_set(raw, $0, key, value.baseAddress, value.count) }
            }
        }
        // EPERM: user.* on anything but files and directories.
        if result != 0, errno == ENOTSUP || errno == EPERM { return false }
        try check(result, "set attribute of", name)
        return true
    }

    /// The extended attributes and their values, of a link itself too; none where the file system has none.
    public borrowing func attributes(
        of name: RootDirectory.Name
    ) throws(NexcageError) -> [(key: [UInt8], value: [UInt8])] {
        let size = name.with { nxc_xattr_list(raw, $0, nil, 0) }
        if size == 0 || (size < 0 && errno == ENOTSUP) { return [] }
        let list = try bytes(size, name) { buffer in name.with { nxc_xattr_list(raw, $0, buffer, size) } }
        var found: [(key: [UInt8], value: [UInt8])] = []
        for key in list.split(separator: 0) {
            let value = try RootDirectory.Name.withPointerThrowing(key + [0]) { key throws(NexcageError) in
                let size = name.with { nxc_xattr_get(raw, $0, key, nil, 0) }
                return try bytes(size, name) { buffer in name.with { nxc_xattr_get(raw, $0, key, buffer, size) } }
            }
            found.append((Array(key), value))
        }
        return found
    }

    /// The text of a symbolic link.
    public borrowing func readLink(_ name: RootDirectory.Name) throws(NexcageError) -> [UInt8] {
        // One byte more than any link can have, so that nothing is cut off unseen.
        let size = Int(PATH_MAX) + 1
        return try bytes(size, name) { buffer in
            guard let buffer else { return 0 }
            return name.with { readlinkat(raw, $0, buffer, size) }
        }
    }

    private borrowing func bytes(
        _ size: Int, _ name: RootDirectory.Name, _ fill: (UnsafeMutablePointer<CChar>?) -> Int
    ) throws(NexcageError) -> [UInt8] {
        guard size >= 0 else { throw NexcageError.system("read attributes of", name.description, .current) }
        var filled = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            filled = fill(UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self))
            count = min(max(filled, 0), size)
        }
        guard filled >= 0 else { throw NexcageError.system("read attributes of", name.description, .current) }
        return bytes
    }

    borrowing func check(_ result: Int32, _ call: String, _ name: RootDirectory.Name) throws(NexcageError) {
        guard result == 0 else { throw NexcageError.system(call, name.description, .current) }
    }
}

extension RootDirectory.Name {
    fileprivate static func withPointerThrowing<Result>(
        _ terminated: [UInt8], _ body: (UnsafePointer<CChar>) throws(NexcageError) -> Result
    ) throws(NexcageError) -> Result {
        try withPointer(terminated) { pointer -> Swift.Result<Result, NexcageError> in
            do throws(NexcageError) { return .success(try body(pointer)) } catch { return .failure(error) }
        }.get()
    }
}

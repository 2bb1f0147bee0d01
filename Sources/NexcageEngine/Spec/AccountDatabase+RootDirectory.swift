internal import NexcageSystem

extension AccountDatabase {
    /// The largest passwd or group file that is read: some tens of thousands of accounts.
    private static let limit = 1 << 20

    /// Reads the accounts of a root file system; a file that is not there has no accounts.
    ///
    /// - Throws: `invalid` if one is not a regular file or too large, `integrity` for a loop of links (CVE-2024-9676).
    init(in rootfs: borrowing RootDirectory) throws(NexcageError) {
        self.init(passwd: try Self.read("etc/passwd", in: rootfs), group: try Self.read("etc/group", in: rootfs))
    }

    private static func read(_ path: String, in rootfs: borrowing RootDirectory) throws(NexcageError) -> [UInt8] {
        do throws(NexcageError) {
            return try rootfs.readFile(RootDirectory.Path(path), limit: limit)
        } catch {
            guard error.code == .notFound else { throw error.wrapped("read the accounts of the container") }
            return []
        }
    }
}

internal import CNexcageSystem
internal import Glibc
public import SystemPackage

/// Mounts in the host's mount namespace.
public enum HostMount {
    /// mount(2).
    ///
    /// - Parameters:
    ///   - flags: `MS_*` bits.
    ///   - data: the file system's own options, comma-separated; `data` may not exceed a page.
    public static func mount(
        type: String, source: String, on target: FilePath, flags: UInt = 0, data: String = ""
    ) throws(NexcageError) {
        let result = target.withPlatformString { nxc_mount(source, $0, type, flags, data.isEmpty ? nil : data) }
        guard result == 0 else { throw NexcageError.system("mount \(type) on", target, .current) }
    }

    /// Takes away whatever is mounted on the path, also several times; nothing mounted there is fine.
    public static func unmount(_ target: FilePath) throws(NexcageError) {
        while target.withPlatformString({ nxc_unmount_detach($0) }) == 0 {}
        guard errno == EINVAL || errno == ENOENT else { throw NexcageError.system("unmount", target, .current) }
    }
}

internal import CNexcageSystem
internal import Glibc
public import SystemPackage

/// Mounts in the host's mount namespace.
public enum HostMount {
    /// Takes away whatever is mounted on the path, also several times; nothing mounted there is fine.
    public static func unmount(_ target: FilePath) throws(NexcageError) {
        while target.withPlatformString({ nxc_unmount_detach($0) }) == 0 {}
        guard errno == EINVAL || errno == ENOENT else { throw NexcageError.system("unmount", target, .current) }
    }
}

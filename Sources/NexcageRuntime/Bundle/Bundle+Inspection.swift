internal import Glibc
public import NexcageSystem
internal import OCISpec
internal import SystemPackage

extension Bundle {
    /// Refuses a root in which /dev is a link, or /proc or /sys where the document mounts something there.
    ///
    /// A runtime that follows it protects some other place than the one that the container sees (CVE-2019-19921,
    /// CVE-2023-27561), and libcrun up to 1.27 makes its default devices on the host (CVE-2026-41579). Nobody needs such an image. Whoever can change the root while the container is made can change
    /// this too; against that runtimes open their targets with openat2(2).
    public func checkKernelDirectories() throws(NexcageError) {
        try checkDirectory("/dev")
        for mount in spec.mounts where mount.destination == "/proc" || mount.destination == "/sys" {
            try checkDirectory(mount.destination)
        }
    }

    private func checkDirectory(_ name: String) throws(NexcageError) {
        var status = stat()
        let path = root.appending(String(name.dropFirst()))
        guard path.withPlatformString({ lstat($0, &status) }) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw NexcageError(.invalid, "\"\(name)\" must be mounted on an ordinary directory")
        }
    }
}

internal import Glibc
public import NexcageSystem
internal import OCISpec
internal import SystemPackage

extension Bundle {
    /// Refuses a root in which /dev is a link, or /proc or /sys where the document mounts something there, or in which links
    /// lead another mount into /proc.
    ///
    /// A runtime that follows them protects some other place than the one that the container sees (CVE-2019-19921,
    /// CVE-2023-27561), puts something false where labels are written (CVE-2025-52881), or, as libcrun up to 1.27, makes
    /// its default devices on the host (CVE-2026-41579). Nobody needs such an image. Whoever can change the root while the
    /// container is made can change this too; against that runtimes open their targets with openat2(2).
    public func checkKernelDirectories() throws(NexcageError) {
        try checkDirectory("/dev")
        for mount in spec.mounts {
            // The usual ones are told by their text: a cold process pays tens of microseconds for a path's components.
            if mount.destination == "/proc" || mount.destination == "/sys" {
                try checkDirectory(FilePath(mount.destination))
                continue
            }
            if Self.isPlainlyBelowKernelDirectory(mount.destination) { continue }
            let destination = FilePath(mount.destination).lexicallyNormalized()
            if destination == "/proc" || destination == "/sys" {
                try checkDirectory(destination)
            } else if try leadsIntoProc(destination) {
                throw NexcageError(
                    .invalid, "\(quoted(mount.destination)) cannot be mounted because a link leads from it into /proc")
            }
        }
    }

    /// Whether a destination is below /proc, /dev or /sys, or /dev itself, and nothing in it has to be resolved.
    private static func isPlainlyBelowKernelDirectory(_ name: String) -> Bool {
        let bytes = name.utf8
        guard bytes.starts(with: "/proc/".utf8) || bytes.starts(with: "/dev".utf8) || bytes.starts(with: "/sys/".utf8)
        else { return false }
        var previous: UInt8 = 0
        for byte in bytes {
            if previous == UInt8(ascii: "/"), byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") { return false }
            previous = byte
        }
        return !bytes.starts(with: "/dev".utf8) || bytes.count == 4 || bytes.starts(with: "/dev/".utf8)
    }

    private func checkDirectory(_ name: FilePath) throws(NexcageError) {
        var status = stat()
        let path = FilePath("\(root)\(name)")
        guard path.withPlatformString({ lstat($0, &status) }) == 0 else {
            guard errno != ENOENT else { return }
            throw .system("stat", path, .current)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw NexcageError(.invalid, "\"\(name)\" must be mounted on an ordinary directory")
        }
    }

    /// Whether a name of the container goes through a symbolic link of the root to somewhere below /proc.
    private func leadsIntoProc(_ name: FilePath) throws(NexcageError) -> Bool {
        // What lies below these is a mount of the kernel's, or was checked to be no link.
        switch name.components.first {
        case "proc", "dev", "sys", nil: return false
        default: break
        }
        var rest = Array(name.components.reversed())
        var resolved: FilePath = "/"
        // As many links as the kernel follows (path_resolution(7)).
        var links = 0
        while let component = rest.popLast() {
            if component.kind == .parentDirectory {
                resolved.removeLastComponent()
                continue
            }
            let next = resolved.appending(component)
            guard let target = try linkTarget(root.pushing(FilePath(root: nil, next.components))), links < 40 else {
                resolved = next
                continue
            }
            links += 1
            if target.isAbsolute { resolved = "/" }
            rest += target.components.filter { $0.kind != .currentDirectory }.reversed()
        }
        return links > 0 && resolved.components.first == "proc"
    }

    /// Where a symbolic link leads; nil for anything else.
    private func linkTarget(_ path: FilePath) throws(NexcageError) -> FilePath? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = path.withPlatformString { readlink($0, &buffer, Int(PATH_MAX)) }
        if length >= 0 { return FilePath(platformString: buffer) }
        switch errno {
        case EINVAL, ENOENT, ENOTDIR: return nil
        default: throw .system("read the link", path, .current)
        }
    }
}

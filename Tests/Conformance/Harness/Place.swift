import Glibc
import NexcageSystem
import SystemPackage

/// Where one run keeps its bundles and the runtime its state: a directory on a tmpfs, gone at the end.
final class Place: Sendable {
    /// The directory.
    let path: FilePath
    /// Part of every id of this run, so that nobody else's containers are mistaken for ours.
    let mark: String
    /// What the runtime is given as `--root`.
    var stateRoot: FilePath { path.appending("state") }

    private static let parent: FilePath = "/dev/shm"
    private static let prefix = "nxconf"

    /// Makes the directory and the shell that every root file system shares by hard links.
    ///
    /// What a run that was killed has left is taken away first.
    init() throws {
        for name in try HostDirectory.entries(Self.parent).map(\.string) where name.hasPrefix(Self.prefix) {
            guard let pid = Int32(name.dropFirst(Self.prefix.count)), pid == getpid() || kill(pid, 0) != 0 else {
                continue
            }
            try Place(of: pid).clear()
        }
        mark = "\(Self.prefix)\(getpid())"
        path = Self.parent.appending(mark)
        // Users of user namespaces have to reach the root file systems.
        try HostDirectory.create(path, mode: 0o711)
        let busybox = try HostFile.read(Command.locate("busybox"))
        try HostFile.replace(path.appending("busybox"), with: busybox, mode: 0o755, durability: .boot)
    }

    /// The directory of another run.
    private init(of pid: Int32) {
        mark = "\(Self.prefix)\(pid)"
        path = Self.parent.appending(mark)
    }

    /// What the root file systems have by name, all of it busybox.
    static let applets = [
        "sh", "awk", "cat", "chmod", "chown", "dd", "echo", "env", "expr", "false", "grep", "head", "hostname", "id",
        "ip", "kill", "ln", "ls", "mkdir", "mknod", "mount", "printenv", "pwd", "readlink", "rm", "sed", "sleep",
        "sort",
        "stat", "stty", "tail", "test", "touch", "tr", "true", "umount", "uname", "wc", "yes",
    ]

    /// A root file system with a shell and its tools.
    func makeRoot(_ root: FilePath) throws {
        for folder in ["bin", "dev", "proc", "sys", "tmp", "etc", "data"] {
            try HostDirectory.create(root.appending(folder), mode: 0o755)
        }
        let shell = root.appending("bin/busybox")
        guard link(path.appending("busybox").string, shell.string) == 0 else {
            throw NexcageError.system("link", shell, .current)
        }
        for name in Self.applets {
            guard symlink("busybox", root.appending("bin/\(name)").string) == 0 else {
                throw NexcageError.system("link", name, .current)
            }
        }
        for folder in [root, root.appending("tmp")] where chmod(folder.string, 0o777) != 0 {
            throw NexcageError.system("chmod", folder, .current)
        }
    }

    /// Ends and removes whatever the cases have left: processes and groups first, then mounts, then files.
    func clear() throws {
        for _ in 0..<50 {
            let groups = try Cgroups.directories(named: mark)
            if groups.isEmpty { break }
            for group in groups {
                try thaw(group)
                for line in procText(FilePath("\(group)/cgroup.procs"))?.lines ?? [] {
                    if let pid = Int32(line) { kill(pid, SIGKILL) }
                }
                rmdir(group)
            }
            while waitpid(-1, nil, WNOHANG) > 0 {}
            usleep(10_000)
        }
        let mounts = procText("/proc/self/mountinfo")?.lines.compactMap { line in
            line.split(separator: " ").dropFirst(4).first.map(String.init)
        }
        for mount in (mounts ?? []).reversed() where mount.hasPrefix("\(path)/") { umount2(mount, Int32(MNT_DETACH)) }
        try HostDirectory.removeTree(path)
    }

    /// Nothing dies in a frozen group.
    private func thaw(_ group: String) throws {
        let file = FilePath(group).appending("freezer.state")
        guard HostFile.exists(file) else { return }
        let state = try OwnedDescriptor(checking: open(file.string, O_WRONLY | O_CLOEXEC), "open", file.string)
        try state.descriptor.writeAll(Array("THAWED".utf8), name: file.string)
    }
}

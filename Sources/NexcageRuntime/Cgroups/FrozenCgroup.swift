internal import NexcageSystem
public import SystemPackage

/// A control group in which nothing runs, so that a container cannot be made there.
public enum FrozenCgroup {
    /// The frozen directory that a container with this path would be in, or nil.
    ///
    /// The group need not exist yet: it would inherit the state of the nearest one above it.
    ///
    /// - Parameter path: `linux.cgroupsPath` as cgroupfs understands it, from the root of every hierarchy.
    public static func directory(for path: String) -> FilePath? {
        let freezer = CgroupLayout.directory(ofV1: "freezer")
        let isLegacy = HostFile.exists(freezer.appending("cgroup.procs"))
        let root = isLegacy ? freezer : CgroupLayout.unifiedDirectory
        var directory = root.pushing(FilePath(String(path.drop { $0 == "/" })))
        while directory != root, directory.starts(with: root) {
            let isFrozen =
                isLegacy
                ? CgroupFile(directory.appending("freezer.state")).text()?.hasPrefix("THAWED") == false
                : CgroupFile(directory.appending("cgroup.freeze")).number() == 1
            if isFrozen { return directory }
            directory.removeLastComponent()
        }
        return nil
    }
}

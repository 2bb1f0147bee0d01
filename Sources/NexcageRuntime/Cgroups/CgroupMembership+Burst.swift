internal import NexcageSystem
internal import SystemPackage

extension CgroupMembership {
    /// Lets the group save up CPU time, in microseconds (the kernel's sched-bwc.rst).
    func setBurst(_ microseconds: UInt64) throws(NexcageError) {
        guard let file = burstFile else {
            throw NexcageError(.unsupported, "linux.resources.cpu.burst: the container has no cpu cgroup")
        }
        try file.write("\(microseconds)")
    }

    private var burstFile: CgroupFile? {
        if let folder = v1Directory(of: "cpu") { return CgroupFile(folder.appending("cpu.cfs_burst_us")) }
        return unified.map { CgroupFile($0.appending("cpu.max.burst")) }
    }
}

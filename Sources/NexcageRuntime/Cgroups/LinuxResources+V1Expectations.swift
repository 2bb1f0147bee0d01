internal import OCISpec

extension LinuxResources {
    /// What the files of v1 hierarchies show once these limits are set (the kernel's cgroup-v1 documents).
    ///
    /// Zero means "not given", as for runc and crun.
    var v1Expectations: [LimitExpectation] {
        memoryV1 + cpuV1 + cpuset + tasks + hugePageExpectations + blockIOV1
    }

    private var memoryV1: [LimitExpectation] {
        guard let memory else { return [] }
        var list: [LimitExpectation] = []
        func add(_ member: String, _ file: String, _ value: LimitExpectation.Value) {
            list.append(
                LimitExpectation(
                    member: "memory.\(member)", controller: "memory", files: ["memory.\(file)"], value: value))
        }
        if let limit = memory.limit, limit != 0 { add("limit", "limit_in_bytes", LimitExpectation.limit(limit)) }
        if let limit = memory.reservation, limit != 0 {
            add("reservation", "soft_limit_in_bytes", LimitExpectation.limit(limit))
        }
        if let limit = memory.swap, limit != 0 { add("swap", "memsw.limit_in_bytes", LimitExpectation.limit(limit)) }
        if let limit = memory.kernelTCP, limit != 0 {
            add("kernelTCP", "kmem.tcp.limit_in_bytes", LimitExpectation.limit(limit))
        }
        if let swappiness = memory.swappiness {
            add("swappiness", "swappiness", .number(Int64(clamping: swappiness), unit: 1))
        }
        if memory.disableOOMKiller == true { add("disableOOMKiller", "oom_control", .text("oom_kill_disable 1")) }
        return list
    }

    private var cpuV1: [LimitExpectation] {
        guard let cpu else { return [] }
        var list: [LimitExpectation] = []
        func add(_ member: String, _ file: String, _ value: LimitExpectation.Value) {
            list.append(
                LimitExpectation(member: "cpu.\(member)", controller: "cpu", files: ["cpu.\(file)"], value: value))
        }
        // The shares of an idle group are fixed.
        if let shares = cpu.shares, shares != 0, cpu.idle != 1 {
            add("shares", "shares", .number(Int64(min(max(shares, 2), 262_144)), unit: 1))
        }
        if let period = cpu.period, period != 0 {
            add("period", "cfs_period_us", .number(Int64(clamping: period), unit: 1))
        }
        if let quota = cpu.quota, quota != 0 { add("quota", "cfs_quota_us", LimitExpectation.limit(quota, unit: 1)) }
        if let burst = cpu.burst { add("burst", "cfs_burst_us", .number(Int64(clamping: burst), unit: 1)) }
        if let idle = cpu.idle { add("idle", "idle", .number(idle, unit: 1)) }
        if let period = cpu.realtimePeriod, period != 0 {
            add("realtimePeriod", "rt_period_us", .number(Int64(clamping: period), unit: 1))
        }
        if let runtime = cpu.realtimeRuntime, runtime != 0 {
            add("realtimeRuntime", "rt_runtime_us", .number(runtime, unit: 1))
        }
        return list
    }

    private var blockIOV1: [LimitExpectation] {
        guard let weight = blockIO?.weight, weight != 0 else { return [] }
        let files = ["blkio.weight", "blkio.bfq.weight"]
        return [
            LimitExpectation(
                member: "blockIO.weight", controller: "blkio", files: files, value: .anyOf([Int64(weight)]))
        ]
    }

    /// The same for both versions.
    var cpuset: [LimitExpectation] {
        var list: [LimitExpectation] = []
        for (member, text) in [("cpus", cpu?.cpus), ("mems", cpu?.mems)] {
            guard let text, !text.isEmpty else { continue }
            list.append(
                LimitExpectation(
                    member: "cpu.\(member)", controller: "cpuset", files: ["cpuset.\(member)"], value: .list(text)))
        }
        return list
    }

    /// The same for both versions.
    var tasks: [LimitExpectation] {
        guard let limit = pids?.limit, limit != 0 else { return [] }
        return [
            LimitExpectation(
                member: "pids.limit", controller: "pids", files: ["pids.max"],
                value: LimitExpectation.limit(limit, unit: 1))
        ]
    }

    /// The same for both versions but for the name of the file.
    var hugePageExpectations: [LimitExpectation] {
        hugepageLimits.map { limit in
            LimitExpectation(
                member: "hugepageLimits", controller: "hugetlb",
                files: ["hugetlb.\(limit.pageSize).limit_in_bytes", "hugetlb.\(limit.pageSize).max"],
                value: limit.limit > UInt64(Int64.max)
                    ? .unlimited : .number(Int64(limit.limit), unit: Self.bytes(ofPage: limit.pageSize)))
        }
    }

    /// `2MB` as a number of bytes; 1 for what is no page size.
    private static func bytes(ofPage size: String) -> Int64 {
        let digits = size.prefix(while: \.isNumber)
        guard let number = Int64(digits), number > 0, number < 1 << 20 else { return 1 }
        switch size.dropFirst(digits.count) {
        case "KB": return number << 10
        case "MB": return number << 20
        case "GB": return number << 30
        default: return 1
        }
    }
}

internal import Glibc
internal import OCISpec

extension LinuxResources {
    /// What the files of the cgroup2 hierarchy show once these limits are set (the kernel's cgroup-v2.rst), with the v1
    /// values converted as the runtimes do.
    var v2Expectations: [LimitExpectation] {
        memoryV2 + cpuV2 + cpuset + tasks + hugePageExpectations + blockIOV2 + unifiedFiles
    }

    private var memoryV2: [LimitExpectation] {
        guard let memory else { return [] }
        var list: [LimitExpectation] = []
        func add(_ member: String, _ file: String, _ value: LimitExpectation.Value) {
            list.append(
                LimitExpectation(member: "memory.\(member)", controller: "memory", files: [file], value: value))
        }
        if let limit = memory.limit, limit != 0 { add("limit", "memory.max", LimitExpectation.limit(limit)) }
        if let limit = memory.reservation, limit != 0 {
            add("reservation", "memory.low", LimitExpectation.limit(limit))
        }
        // v1 counts memory and swap together, v2 swap alone.
        if let swap = memory.swap, swap != 0 {
            if swap < 0 {
                add("swap", "memory.swap.max", .unlimited)
            } else if let limit = memory.limit, limit > 0, swap >= limit {
                add("swap", "memory.swap.max", .number(swap - limit, unit: 4096))
            }
        }
        return list
    }

    private var cpuV2: [LimitExpectation] {
        guard let cpu else { return [] }
        var list: [LimitExpectation] = []
        func add(_ member: String, _ file: String, _ value: LimitExpectation.Value) {
            list.append(LimitExpectation(member: "cpu.\(member)", controller: "cpu", files: [file], value: value))
        }
        if let shares = cpu.shares, shares != 0, cpu.idle != 1 {
            add("shares", "cpu.weight", .anyOf(Self.weights(ofShares: shares)))
        }
        let quota = cpu.quota ?? 0
        let period = Int64(clamping: cpu.period ?? 0)
        if quota != 0 {
            add("quota", "cpu.max", .text("\(quota < 0 ? "max" : "\(quota)") \(period == 0 ? 100_000 : period)"))
        }
        if let burst = cpu.burst { add("burst", "cpu.max.burst", .number(Int64(clamping: burst), unit: 1)) }
        if let idle = cpu.idle { add("idle", "cpu.idle", .number(idle, unit: 1)) }
        return list
    }

    /// The straight line that runtimes drew from 2...262144 to 1...10000, and the curve through 1024 and 100 that newer
    /// ones use.
    static func weights(ofShares shares: UInt64) -> [Int64] {
        let shares = Int64(min(max(shares, 2), 262_144))
        let line = 1 + (shares - 2) * 9999 / 262_142
        let exponent = log2(Double(shares))
        let curve = pow(10, (exponent * exponent + 125 * exponent) / 612 - 7.0 / 34)
        return [line, Int64(curve.rounded(.up))]
    }

    private var blockIOV2: [LimitExpectation] {
        guard let weight = blockIO?.weight, weight != 0 else { return [] }
        let line = 1 + (Int64(weight) - 10) * 9999 / 990
        return [
            LimitExpectation(
                member: "blockIO.weight", controller: "io", files: ["io.bfq.weight", "io.weight"],
                value: .anyOf([Int64(weight), line]))
        ]
    }

    private var unifiedFiles: [LimitExpectation] {
        unified.map { file, text in
            let value = Int64(text).map { LimitExpectation.Value.number($0, unit: 4096) } ?? .text(text)
            return LimitExpectation(member: "unified[\"\(file)\"]", controller: "", files: [file], value: value)
        }
    }
}

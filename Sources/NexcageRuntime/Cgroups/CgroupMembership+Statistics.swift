internal import SystemPackage

extension CgroupMembership {
    /// What the group uses now, out of v1's files or v2's, whichever hierarchy holds the controller.
    public func statistics() -> ContainerStatistics {
        var statistics = ContainerStatistics()
        readCPU(&statistics)
        readMemory(&statistics)
        readPids(&statistics)
        readBlockIO(&statistics)
        return statistics
    }

    private func readCPU(_ statistics: inout ContainerStatistics) {
        if let directory = v1Directory(of: "cpuacct") {
            statistics.cpu.total = CgroupFile(directory.appending("cpuacct.usage")).number() ?? 0
            statistics.cpu.perCPU = CgroupFile(directory.appending("cpuacct.usage_percpu")).numbers() ?? []
            statistics.cpu.user = CgroupFile(directory.appending("cpuacct.usage_user")).number() ?? 0
            statistics.cpu.kernel = CgroupFile(directory.appending("cpuacct.usage_sys")).number() ?? 0
        } else if let table = unified.flatMap({ CgroupFile($0.appending("cpu.stat")).table() }) {
            // v2 counts microseconds.
            statistics.cpu.total = (table["usage_usec"] ?? 0) * 1000
            statistics.cpu.user = (table["user_usec"] ?? 0) * 1000
            statistics.cpu.kernel = (table["system_usec"] ?? 0) * 1000
        }
        guard let table = directory(of: "cpu").flatMap({ CgroupFile($0.appending("cpu.stat")).table() }) else { return }
        statistics.cpu.periods = table["nr_periods"] ?? 0
        statistics.cpu.throttledPeriods = table["nr_throttled"] ?? 0
        statistics.cpu.throttledTime = table["throttled_time"] ?? (table["throttled_usec"] ?? 0) * 1000
    }

    private func readMemory(_ statistics: inout ContainerStatistics) {
        if let directory = v1Directory(of: "memory") {
            statistics.memory = Self.v1Memory(directory, "memory")
            statistics.swap = Self.v1Memory(directory, "memory.memsw")
            statistics.kernelMemory = Self.v1Memory(directory, "memory.kmem")
            statistics.memoryDetails = CgroupFile(directory.appending("memory.stat")).table() ?? [:]
            statistics.cache = statistics.memoryDetails["cache"] ?? 0
        } else if let unified {
            statistics.memory.usage = CgroupFile(unified.appending("memory.current")).number() ?? 0
            statistics.memory.maximum = CgroupFile(unified.appending("memory.peak")).number() ?? 0
            statistics.memory.limit = CgroupFile(unified.appending("memory.max")).number() ?? 0
            statistics.memory.failures = CgroupFile(unified.appending("memory.events")).table()?["max"] ?? 0
            statistics.memoryDetails = CgroupFile(unified.appending("memory.stat")).table() ?? [:]
            statistics.cache = statistics.memoryDetails["file"] ?? 0
            readUnifiedSwap(unified, &statistics)
        }
    }

    /// v2 counts swap alone; runc's document wants memory and swap together, as v1 counts it.
    private func readUnifiedSwap(_ directory: FilePath, _ statistics: inout ContainerStatistics) {
        guard let usage = CgroupFile(directory.appending("memory.swap.current")).number() else { return }
        let limit = CgroupFile(directory.appending("memory.swap.max")).number() ?? .max
        let (sum, overflow) = limit.addingReportingOverflow(statistics.memory.limit)
        statistics.swap = ContainerStatistics.Memory(
            usage: usage + statistics.memory.usage, limit: overflow ? .max : sum)
    }

    private static func v1Memory(_ directory: FilePath, _ prefix: String) -> ContainerStatistics.Memory {
        func number(_ suffix: String) -> UInt64 {
            CgroupFile(directory.appending("\(prefix).\(suffix)")).number() ?? 0
        }
        return ContainerStatistics.Memory(
            usage: number("usage_in_bytes"), maximum: number("max_usage_in_bytes"), limit: number("limit_in_bytes"),
            failures: number("failcnt"))
    }

    private func readPids(_ statistics: inout ContainerStatistics) {
        guard let directory = directory(of: "pids") else { return }
        statistics.pids = CgroupFile(directory.appending("pids.current")).number() ?? 0
        let limit = CgroupFile(directory.appending("pids.max")).number() ?? .max
        statistics.pidsLimit = limit == .max ? 0 : limit
    }

    private func readBlockIO(_ statistics: inout ContainerStatistics) {
        if let directory = v1Directory(of: "blkio") {
            statistics.blockBytes = Self.v1Table(directory.appending("blkio.throttle.io_service_bytes"))
            statistics.blockOperations = Self.v1Table(directory.appending("blkio.throttle.io_serviced"))
        } else if let text = unified.flatMap({ CgroupFile($0.appending("io.stat")).text() }) {
            for line in text.split(separator: "\n") { Self.readUnifiedIO(line, &statistics) }
        }
    }

    /// `8:0 Read 4096` lines; the closing `Total` line has no device.
    private static func v1Table(_ file: FilePath) -> [ContainerStatistics.BlockIO] {
        (CgroupFile(file).text() ?? "").split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count == 3, let value = UInt64(fields[2]), let device = device(fields[0]) else { return nil }
            return .init(major: device.major, minor: device.minor, operation: String(fields[1]), value: value)
        }
    }

    /// `8:0 rbytes=4096 wbytes=0 rios=1 wios=0 …`.
    private static func readUnifiedIO(_ line: Substring, _ statistics: inout ContainerStatistics) {
        let fields = line.split(separator: " ")
        guard let first = fields.first, let device = device(first) else { return }
        for field in fields.dropFirst() {
            let pair = field.split(separator: "=")
            guard pair.count == 2, let value = UInt64(pair[1]) else { continue }
            let operation = pair[0].hasPrefix("r") ? "Read" : "Write"
            let entry = ContainerStatistics.BlockIO(
                major: device.major, minor: device.minor, operation: operation, value: value)
            switch pair[0] {
            case "rbytes", "wbytes": statistics.blockBytes.append(entry)
            case "rios", "wios": statistics.blockOperations.append(entry)
            default: continue
            }
        }
    }

    private static func device(_ text: Substring) -> (major: UInt64, minor: UInt64)? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let major = UInt64(parts[0]), let minor = UInt64(parts[1]) else { return nil }
        return (major, minor)
    }
}

public import OCISpec

/// What a container uses now, in the shape of runc's `events --stats`.
public struct ContainerStatistics: Sendable, Equatable {
    /// CPU time in nanoseconds since the container was made.
    public struct CPU: Sendable, Equatable {
        var total: UInt64 = 0
        var kernel: UInt64 = 0
        var user: UInt64 = 0
        var perCPU: [UInt64] = []
        var periods: UInt64 = 0
        var throttledPeriods: UInt64 = 0
        var throttledTime: UInt64 = 0
    }

    /// One kind of memory, in bytes.
    public struct Memory: Sendable, Equatable {
        var usage: UInt64 = 0
        var maximum: UInt64 = 0
        var limit: UInt64 = 0
        var failures: UInt64 = 0
    }

    /// One line of a blkio table.
    public struct BlockIO: Sendable, Equatable {
        var major: UInt64
        var minor: UInt64
        var operation: String
        var value: UInt64
    }

    /// CPU time.
    public var cpu = CPU()
    /// Memory without swap.
    public var memory = Memory()
    /// Memory and swap together.
    public var swap: Memory?
    /// Memory of the kernel for the container.
    public var kernelMemory: Memory?
    /// Bytes of the page cache.
    public var cache: UInt64 = 0
    /// The whole memory.stat.
    public var memoryDetails: [String: UInt64] = [:]
    /// Processes and threads now.
    public var pids: UInt64 = 0
    /// How many there may be; 0 is no limit.
    public var pidsLimit: UInt64 = 0
    /// Bytes moved to and from block devices.
    public var blockBytes: [BlockIO] = []
    /// Operations on block devices.
    public var blockOperations: [BlockIO] = []
}

extension ContainerStatistics: JSONEncodable {
    /// Writes the object.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("cpu", cpu)
        writer.key("cpuset")
        writer.beginObject()
        writer.endObject()
        encodeMemory(to: &writer)
        writer.key("pids")
        writer.beginObject()
        writer.member("current", pids)
        if pidsLimit > 0 { writer.member("limit", pidsLimit) }
        writer.endObject()
        writer.key("blkio")
        writer.beginObject()
        writer.member("ioServiceBytesRecursive", unlessEmpty: blockBytes)
        writer.member("ioServicedRecursive", unlessEmpty: blockOperations)
        writer.endObject()
        writer.key("hugetlb")
        writer.beginObject()
        writer.endObject()
        writer.key("intel_rdt")
        writer.beginObject()
        writer.endObject()
        writer.key("network_interfaces")
        writer.null()
        writer.endObject()
    }

    private func encodeMemory(to writer: inout JSONWriter) {
        writer.key("memory")
        writer.beginObject()
        writer.member("cache", cache)
        writer.member("usage", memory)
        writer.member("swap", swap ?? Memory())
        writer.member("kernel", kernelMemory ?? Memory())
        writer.member("kernelTCP", Memory())
        writer.member("raw", unlessEmpty: memoryDetails)
        writer.endObject()
    }
}

extension ContainerStatistics.CPU: JSONEncodable {
    /// Writes the object.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("usage")
        writer.beginObject()
        writer.member("total", total)
        writer.member("percpu", unlessEmpty: perCPU)
        writer.member("kernel", kernel)
        writer.member("user", user)
        writer.endObject()
        writer.key("throttling")
        writer.beginObject()
        if periods > 0 { writer.member("periods", periods) }
        if throttledPeriods > 0 { writer.member("throttledPeriods", throttledPeriods) }
        if throttledTime > 0 { writer.member("throttledTime", throttledTime) }
        writer.endObject()
        writer.endObject()
    }
}

extension ContainerStatistics.Memory: JSONEncodable {
    /// Writes the object.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("limit", limit)
        if usage > 0 { writer.member("usage", usage) }
        if maximum > 0 { writer.member("max", maximum) }
        writer.member("failcnt", failures)
        writer.endObject()
    }
}

extension ContainerStatistics.BlockIO: JSONEncodable {
    /// Writes the object.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("major", major)
        writer.member("minor", minor)
        writer.member("op", operation)
        writer.member("value", value)
        writer.endObject()
    }
}

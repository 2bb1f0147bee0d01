internal import NexcageEngine
internal import NexcageSystem
internal import OCISpec
internal import SystemPackage

/// `update`: changes the limits of a container.
enum UpdateVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "update", operands: "<container-id>", summary: "change the resource limits of a container",
        options: [
            .value("resources", "r", "FILE", "a linux.resources object; - is standard input"),
            .value("blkio-weight", nil, "N", "block IO weight, 10 to 1000"),
            .value("cpu-period", nil, "US", "CPU period in microseconds"),
            .value("cpu-quota", nil, "US", "CPU time in a period, in microseconds"),
            .value("cpu-burst", nil, "US", "CPU time that may be saved up, in microseconds"),
            .value("cpu-share", nil, "N", "CPU shares; --cpu-shares is the same"),
            .value("cpu-shares", nil, "N", "CPU shares"),
            .value("cpu-rt-period", nil, "US", "realtime period in microseconds"),
            .value("cpu-rt-runtime", nil, "US", "realtime time in a period, in microseconds"),
            .value("cpu-idle", nil, "N", "1 makes it run only when nothing else does"),
            .value("cpuset-cpus", nil, "LIST", "CPUs to run on"),
            .value("cpuset-mems", nil, "LIST", "memory nodes to use"),
            .value("memory", nil, "BYTES", "memory limit; k, m and g are understood"),
            .value("memory-reservation", nil, "BYTES", "memory soft limit"),
            .value("memory-swap", nil, "BYTES", "limit of memory and swap; -1 is none"),
            .value("pids-limit", nil, "N", "limit of processes and threads; -1 is none"),
        ],
        examples: ["nexcage update --memory 512m web", "nexcage update --resources - web < limits.json"])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        let id = try arguments.containerID()
        if let file = arguments.string("resources") {
            let path = file == "-" ? FilePath("-") : try HostDirectory.absolute(FilePath(file))
            try invocation.engine.update(id, try document(path))
        } else {
            try invocation.engine.update(id, try ResourceFlags.resources(arguments))
        }
        return 0
    }

    private static func document(_ path: FilePath) throws(NexcageError) -> LinuxResources {
        let bytes = try HostFile.readStream(path, limit: 1 << 20)
        do throws(JSONError) {
            return try LinuxResources.decode(bytes)
        } catch {
            throw NexcageError(.invalid, "resources \(quoted(path.string)): \(error)")
        }
    }
}

/// The single flags of `update` as a `linux.resources` object.
enum ResourceFlags {
    static func resources(_ arguments: ParsedArguments) throws(NexcageError) -> LinuxResources {
        var resources = LinuxResources()
        resources.memory = try memory(arguments)
        resources.cpu = try cpu(arguments)
        if let limit = try arguments.integer("pids-limit", as: Int64.self) {
            resources.pids = LinuxPids(limit: limit)
        }
        if let weight = try arguments.integer("blkio-weight", as: UInt16.self) {
            var blockIO = LinuxBlockIO()
            blockIO.weight = weight
            resources.blockIO = blockIO
        }
        guard resources != LinuxResources() else {
            throw NexcageError(.usage, "update needs --resources or at least one limit; see nexcage update --help")
        }
        return resources
    }

    private static func memory(_ arguments: ParsedArguments) throws(NexcageError) -> LinuxMemory? {
        var memory = LinuxMemory()
        memory.limit = try bytes(arguments, "memory")
        memory.reservation = try bytes(arguments, "memory-reservation")
        memory.swap = try bytes(arguments, "memory-swap")
        return memory == LinuxMemory() ? nil : memory
    }

    private static func bytes(_ arguments: ParsedArguments, _ name: StaticString) throws(NexcageError) -> Int64? {
        guard let text = arguments.string(name) else { return nil }
        return text == "-1" ? -1 : try ByteSize(parsing: text).bytes
    }

    private static func cpu(_ arguments: ParsedArguments) throws(NexcageError) -> LinuxCPU? {
        var cpu = LinuxCPU()
        cpu.period = try arguments.integer("cpu-period")
        cpu.quota = try arguments.integer("cpu-quota")
        cpu.burst = try arguments.integer("cpu-burst")
        cpu.shares = try arguments.integer(arguments.string("cpu-shares") == nil ? "cpu-share" : "cpu-shares")
        cpu.realtimePeriod = try arguments.integer("cpu-rt-period")
        cpu.realtimeRuntime = try arguments.integer("cpu-rt-runtime")
        cpu.idle = try arguments.integer("cpu-idle")
        cpu.cpus = arguments.string("cpuset-cpus")
        cpu.mems = arguments.string("cpuset-mems")
        return cpu == LinuxCPU() ? nil : cpu
    }
}

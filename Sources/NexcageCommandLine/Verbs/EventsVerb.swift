internal import Glibc
internal import NexcageRuntime
internal import NexcageSystem
internal import OCISpec

/// `events`: what a container uses, once or again and again.
enum EventsVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "events", operands: "<container-id>", summary: "print what a container uses, as runc's JSON lines",
        options: [
            .value("interval", nil, "TIME", "time between two lines: 5s, 500ms (default 5s)"),
            .flag("stats", nil, "print one line and leave"),
        ],
        examples: ["nexcage events --stats web", "nexcage events --interval 1s web"])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        let id = try arguments.containerID()
        if arguments.has("stats") {
            try print(id, try invocation.engine.statistics(id))
            return 0
        }
        let interval = try DurationArgument.parse(arguments.string("interval") ?? "5s", flag: "interval")
        guard interval > .zero else { throw NexcageError(.usage, "flag --interval: expected more than 0") }
        while try invocation.engine.state(id).status != .stopped {
            do throws(NexcageError) {
                try print(id, try invocation.engine.statistics(id))
            } catch {
                // It may have ended between the two looks.
                guard try invocation.engine.state(id).status == .stopped else { throw error }
            }
            let parts = interval.components
            var pause = timespec(tv_sec: Int(parts.seconds), tv_nsec: Int(parts.attoseconds / 1_000_000_000))
            nanosleep(&pause, nil)
        }
        return 0
    }

    private static func print(_ id: ContainerID, _ statistics: ContainerStatistics) throws(NexcageError) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("type", "stats")
        writer.member("id", id.description)
        writer.member("data", statistics)
        writer.endObject()
        try StandardOutput.write(writer.bytes + [0x0A])
    }
}

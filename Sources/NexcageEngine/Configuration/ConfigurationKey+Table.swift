internal import Logging
internal import NexcageRuntime
internal import NexcageSystem
internal import OCISpec
internal import SystemPackage

extension ConfigurationKey {
    /// Every key, in the order of the documentation.
    public static let all: [ConfigurationKey] = general + runtime + storage + routing + proxmox

    private static let general: [ConfigurationKey] = [
        .string("default_runtime", default: "auto", "The backend of containers that no rule matches.") {
            (configuration, word) throws(NexcageError) in
            configuration.defaultRuntime = try RuntimeChoice(word)
        },
        ConfigurationKey("fallback", .array, default: "[]", "Backends to try in order when the chosen one is missing.")
        {
            (configuration, value) throws(NexcageError) in
            configuration.fallback = try strings(value).map { (word) throws(NexcageError) in try BackendName(word) }
        },
        ConfigurationKey(
            "runtimes", .object, default: "{}",
            "Programs with runc's command line: `{\"youki\": {\"path\": \"/usr/bin/youki\"}}`."
        ) { (configuration, value) throws(NexcageError) in
            guard let members = value.object else { throw NexcageError(.invalid, "expected an object") }
            for member in members {
                guard let path = member.value["path"]?.string, member.value.object?.count == 1 else {
                    throw NexcageError(
                        .invalid, "runtime \(quoted(member.name)): expected {\"path\": \"/absolute/path\"}")
                }
                configuration.runtimePrograms[try BackendName(member.name)] = path
            }
        },
    ]

    private static let runtime: [ConfigurationKey] = [
        .string("runtime.root_path", default: "/run/nexcage", "The boot-scoped state root; `--root` wins.") {
            (configuration, path) throws(NexcageError) in
            configuration.stateRoot = try absolute(path)
        },
        .string("runtime.data_path", default: "/var/lib/nexcage", "Where images, snapshots and containers are kept.") {
            (configuration, path) throws(NexcageError) in
            configuration.dataRoot = try absolute(path)
        },
        .string("runtime.log_level", default: "warning", "debug, info, warning, error or fatal.") {
            (configuration, word) throws(NexcageError) in
            configuration.logLevel = try Logger.Level(named: word)
        },
        .string("runtime.log_path", default: "", "A file that log lines are appended to.") {
            (configuration, path) throws(NexcageError) in
            configuration.logPath = try absolute(path)
        },
        .string("runtime.log_format", default: "text", "text or json.") {
            (configuration, word) throws(NexcageError) in
            guard let format = LogFormat(rawValue: word) else {
                throw NexcageError(.invalid, "expected text or json, found \(quoted(word))")
            }
            configuration.logFormat = format
        },
    ]

    private static let storage: [ConfigurationKey] = [
        .string("storage.driver", default: "auto", "auto, overlay or directory.") {
            (configuration, word) throws(NexcageError) in
            guard ["auto", "overlay", "directory"].contains(word) else {
                throw NexcageError(.invalid, "expected auto, overlay or directory, found \(quoted(word))")
            }
            configuration.storageDriver = word
        }
    ]

    private static let routing: [ConfigurationKey] = [
        ConfigurationKey(
            "routing", .array, default: "[]",
            "Rules, first match wins: `[{\"pattern\": \"db-*\", \"runtime\": \"runc\"}]`."
        ) { (configuration, value) throws(NexcageError) in
            configuration.routing += try rules(value)
        },
        ConfigurationKey("container_config.routing", .array, default: "[]", "The same, at its place in old files.") {
            (configuration, value) throws(NexcageError) in
            configuration.routing += try rules(value)
        },
        ConfigurationKey(
            "container_config.crun_name_patterns", .array, default: "[]",
            "Patterns of names that go to crun, from old files."
        ) { (configuration, value) throws(NexcageError) in
            for pattern in try strings(value) {
                configuration.routing.append(try RoutingRule(pattern: pattern, runtime: .named(.crun)))
            }
        },
        .string("container_config.default_container_type", default: "auto", "`default_runtime` under its old name.") {
            (configuration, word) throws(NexcageError) in
            configuration.defaultRuntime = try RuntimeChoice(word)
        },
    ]

    private static let proxmox: [ConfigurationKey] = [
        .string("proxmox.pct_path", default: "/usr/sbin/pct", "The pct program of a Proxmox node.") {
            (configuration, path) throws(NexcageError) in
            configuration.pctPath = try absolute(path)
        },
        .string("proxmox.node", default: "", "The name of the Proxmox node; empty is this host's.") {
            (configuration, name) throws(NexcageError) in
            configuration.proxmoxNode = name
        },
        ConfigurationKey("proxmox.timeout", .integer, default: "30", "Seconds that a Proxmox program may take.") {
            (configuration, value) throws(NexcageError) in
            guard let seconds = value.integer, seconds > 0 else {
                throw NexcageError(.invalid, "expected a number of seconds above 0")
            }
            configuration.proxmoxTimeout = seconds
        },
    ]

    private static func absolute(_ text: String) throws(NexcageError) -> FilePath {
        let path = FilePath(text)
        guard path.isAbsolute else { throw NexcageError(.invalid, "expected an absolute path, found \(quoted(text))") }
        return path
    }

    private static func strings(_ value: JSONValue) throws(NexcageError) -> [String] {
        guard let elements = value.array else { throw NexcageError(.invalid, "expected an array of strings") }
        return try elements.map { (element) throws(NexcageError) in
            guard let text = element.string else { throw NexcageError(.invalid, "expected an array of strings") }
            return text
        }
    }

    private static func rules(_ value: JSONValue) throws(NexcageError) -> [RoutingRule] {
        guard let elements = value.array else { throw NexcageError(.invalid, "expected an array of rules") }
        return try elements.map { (element) throws(NexcageError) in
            guard let pattern = element["pattern"]?.string, let runtime = element["runtime"]?.string,
                element.object?.count == 2
            else {
                throw NexcageError(.invalid, "a rule is {\"pattern\": \"…\", \"runtime\": \"…\"}")
            }
            return try RoutingRule(pattern: pattern, runtime: try RuntimeChoice(runtime))
        }
    }
}

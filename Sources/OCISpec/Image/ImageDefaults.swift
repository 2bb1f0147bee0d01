/// What a container of an image does by default: `config` of an image configuration.
public struct ImageDefaults: Equatable, Sendable {
    /// User and group, `name|uid[:name|gid]`.
    public var user: String?
    /// Ports that the program listens on, such as `80/tcp`.
    public var exposedPorts: NameSet = NameSet()
    /// Environment as `NAME=value`.
    public var env: [String] = []
    /// First words of the command line.
    public var entrypoint: [String] = []
    /// Further words of the command line, or all of it without an entry point.
    public var cmd: [String] = []
    /// Paths whose content the image's user will want to keep.
    public var volumes: NameSet = NameSet()
    /// Working directory.
    public var workingDir: String?
    /// Metadata.
    public var labels: [String: String] = [:]
    /// Signal that asks the program to end, such as `SIGTERM`.
    public var stopSignal: String?
    /// Docker's health check.
    public var healthcheck: ImageHealthcheck?
    /// Shell for commands that are given as one text.
    public var shell: [String] = []
    /// Whether the command line is escaped already; only Windows acts on it.
    public var argsEscaped = false

    /// No defaults.
    public init() {}
}

extension ImageDefaults: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "User": user = try reader.value()
            case "ExposedPorts": exposedPorts = try reader.value()
            case "Env": env = try reader.value()
            case "Entrypoint": entrypoint = try reader.value()
            case "Cmd": cmd = try reader.value()
            case "Volumes": volumes = try reader.value()
            case "WorkingDir": workingDir = try reader.value()
            case "Labels": labels = try reader.value()
            case "StopSignal": stopSignal = try reader.value()
            case "Healthcheck": healthcheck = try reader.value()
            case "Shell": shell = try reader.value()
            case "ArgsEscaped": argsEscaped = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("User", user)
        writer.member("ExposedPorts", exposedPorts.names.isEmpty ? nil : exposedPorts)
        writer.member("Env", unlessEmpty: env)
        writer.member("Entrypoint", unlessEmpty: entrypoint)
        writer.member("Cmd", unlessEmpty: cmd)
        writer.member("Volumes", volumes.names.isEmpty ? nil : volumes)
        writer.member("WorkingDir", workingDir)
        writer.member("Labels", unlessEmpty: labels)
        writer.member("StopSignal", stopSignal)
        writer.member("Healthcheck", healthcheck)
        writer.member("Shell", unlessEmpty: shell)
        writer.member("ArgsEscaped", ifTrue: argsEscaped)
        writer.endObject()
    }
}

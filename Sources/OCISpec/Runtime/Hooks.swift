/// Programs that run at points of a container's life cycle (config.md, "POSIX-platform Hooks").
public struct Hooks: Equatable, Sendable {
    /// Deprecated: after the namespaces exist and before `pivot_root`, in the runtime's namespace.
    public var prestart: [Hook] = []
    /// During create, before `pivot_root`, in the runtime's namespace.
    public var createRuntime: [Hook] = []
    /// During create, before `pivot_root`, in the container's namespace.
    public var createContainer: [Hook] = []
    /// During start, before the user's program, in the container's namespace.
    public var startContainer: [Hook] = []
    /// After the user's program has started, in the runtime's namespace.
    public var poststart: [Hook] = []
    /// After the container is deleted, in the runtime's namespace.
    public var poststop: [Hook] = []

    /// No hooks.
    public init() {}
}

extension Hooks {
    /// The lists with their names, in the order in which they run.
    public var byName: [(name: String, hooks: [Hook])] {
        [
            ("prestart", prestart), ("createRuntime", createRuntime), ("createContainer", createContainer),
            ("startContainer", startContainer), ("poststart", poststart), ("poststop", poststop),
        ]
    }
}

extension Hooks: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "prestart": prestart = try reader.value()
            case "createRuntime": createRuntime = try reader.value()
            case "createContainer": createContainer = try reader.value()
            case "startContainer": startContainer = try reader.value()
            case "poststart": poststart = try reader.value()
            case "poststop": poststop = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("prestart", unlessEmpty: prestart)
        writer.member("createRuntime", unlessEmpty: createRuntime)
        writer.member("createContainer", unlessEmpty: createContainer)
        writer.member("startContainer", unlessEmpty: startContainer)
        writer.member("poststart", unlessEmpty: poststart)
        writer.member("poststop", unlessEmpty: poststop)
        writer.endObject()
    }
}

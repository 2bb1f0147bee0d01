/// A program to run, which reads the container's state on its standard input.
public struct Hook: Equatable, Sendable {
    /// Absolute path of the program.
    public var path: String
    /// Arguments, the first of which is the program's name for itself.
    public var args: [String]
    /// Environment as `NAME=value`.
    public var env: [String]
    /// Seconds after which the hook is killed; absent, it may take for ever.
    public var timeout: Int64?

    /// Takes the members; those that may be absent may be left out.
    public init(path: String, args: [String] = [], env: [String] = [], timeout: Int64? = nil) {
        self.path = path
        self.args = args
        self.env = env
        self.timeout = timeout
    }
}

extension Hook: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when `path` is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var path: String?
        var args: [String] = []
        var env: [String] = []
        var timeout: Int64?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "path": path = try reader.value()
            case "args": args = try reader.value()
            case "env": env = try reader.value()
            case "timeout": timeout = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            path: try reader.required(path, "path", at: start),
            args: args,
            env: env,
            timeout: timeout)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("path", path)
        writer.member("args", unlessEmpty: args)
        writer.member("env", unlessEmpty: env)
        writer.member("timeout", timeout)
        writer.endObject()
    }
}

/// A rule of the filter.
public struct LinuxSyscall: Equatable, Sendable {
    /// The system calls; unknown names are passed over.
    public var names: [String]
    /// What happens to them, such as `SCMP_ACT_ALLOW`.
    public var action: String
    /// Error number for the action.
    public var errnoRet: UInt32?
    /// Conditions, all of which must hold.
    public var args: [LinuxSeccompArgument]

    /// Takes the members; those that may be absent may be left out.
    public init(names: [String], action: String, errnoRet: UInt32? = nil, args: [LinuxSeccompArgument] = []) {
        self.names = names
        self.action = action
        self.errnoRet = errnoRet
        self.args = args
    }
}

extension LinuxSyscall: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var names: [String]?
        var action: String?
        var errnoRet: UInt32?
        var args: [LinuxSeccompArgument] = []
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "names": names = try reader.value()
            case "action": action = try reader.value()
            case "errnoRet": errnoRet = try reader.value()
            case "args": args = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            names: try reader.required(names, "names", at: start),
            action: try reader.required(action, "action", at: start),
            errnoRet: errnoRet,
            args: args)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("names", names)
        writer.member("action", action)
        writer.member("errnoRet", errnoRet)
        writer.member("args", unlessEmpty: args)
        writer.endObject()
    }
}

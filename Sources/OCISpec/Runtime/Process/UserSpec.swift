/// User and groups of a process (config.md, "POSIX-platform User").
public struct UserSpec: Equatable, Sendable {
    /// User id inside the container.
    public var uid: UInt32
    /// Group id inside the container.
    public var gid: UInt32
    /// File mode creation mask; absent, the runtime's own.
    public var umask: UInt32?
    /// Supplementary group ids inside the container.
    public var additionalGids: [UInt32]
    /// Name of the user; only Windows acts on it.
    public var username: String?

    /// Root without further groups.
    public init(
        uid: UInt32 = 0, gid: UInt32 = 0, umask: UInt32? = nil, additionalGids: [UInt32] = [], username: String? = nil
    ) {
        self.uid = uid
        self.gid = gid
        self.umask = umask
        self.additionalGids = additionalGids
        self.username = username
    }
}

extension UserSpec: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "uid": uid = try reader.value()
            case "gid": gid = try reader.value()
            case "umask": umask = try reader.value()
            case "additionalGids": additionalGids = try reader.value()
            case "username": username = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("uid", uid)
        writer.member("gid", gid)
        writer.member("umask", umask)
        writer.member("additionalGids", unlessEmpty: additionalGids)
        writer.member("username", username)
        writer.endObject()
    }
}

/// A device node to make in the container (config-linux.md, "Devices").
public struct LinuxDevice: Equatable, Sendable {
    /// Path inside the container.
    public var path: String
    /// `c` or `u` for a character device, `b` for a block device, `p` for a FIFO.
    public var type: String
    /// Major number; required unless the node is a FIFO.
    public var major: Int64?
    /// Minor number; required unless the node is a FIFO.
    public var minor: Int64?
    /// Permission bits.
    public var fileMode: UInt32?
    /// Owner inside the container.
    public var uid: UInt32?
    /// Group inside the container.
    public var gid: UInt32?

    /// Takes the members; those that may be absent may be left out.
    public init(
        path: String, type: String, major: Int64? = nil, minor: Int64? = nil, fileMode: UInt32? = nil,
        uid: UInt32? = nil, gid: UInt32? = nil
    ) {
        self.path = path
        self.type = type
        self.major = major
        self.minor = minor
        self.fileMode = fileMode
        self.uid = uid
        self.gid = gid
    }
}

extension LinuxDevice: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var path: String?
        var type: String?
        var major: Int64?
        var minor: Int64?
        var fileMode: UInt32?
        var uid: UInt32?
        var gid: UInt32?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "path": path = try reader.value()
            case "type": type = try reader.value()
            case "major": major = try reader.value()
            case "minor": minor = try reader.value()
            case "fileMode": fileMode = try reader.value()
            case "uid": uid = try reader.value()
            case "gid": gid = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            path: try reader.required(path, "path", at: start),
            type: try reader.required(type, "type", at: start),
            major: major,
            minor: minor,
            fileMode: fileMode,
            uid: uid,
            gid: gid)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("path", path)
        writer.member("type", type)
        writer.member("major", major)
        writer.member("minor", minor)
        writer.member("fileMode", fileMode)
        writer.member("uid", uid)
        writer.member("gid", gid)
        writer.endObject()
    }
}

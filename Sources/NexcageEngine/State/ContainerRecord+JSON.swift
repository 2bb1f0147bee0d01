internal import NexcageRuntime
public import NexcageSystem
public import OCISpec
internal import SystemPackage

extension ContainerRecord: JSONEncodable {
    /// Writes the object.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("schemaVersion", Self.schemaVersion)
        writer.member("id", id.description)
        writer.member("name", name)
        writer.member("backend", backend.description)
        writer.member("status", status)
        writer.member("pid", process?.pid)
        writer.member("pidStart", process?.startTime)
        writer.member("creatorPid", creator.pid)
        writer.member("creatorStart", creator.startTime)
        writer.member("bundle", bundle.string)
        writer.member("root", root.string)
        writer.member("systemdCgroup", ifTrue: systemdCgroup)
        writer.member("created", created.description)
        writer.member("ociVersion", ociVersion)
        writer.member("annotations", unlessEmpty: annotations)
        writer.member("image", image)
        writer.endObject()
    }
}

extension ImageOrigin: JSONEncodable, JSONDecodable {
    /// Writes the object.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("reference", reference)
        writer.member("manifestDigest", manifestDigest)
        writer.member("snapshotDriver", snapshotDriver)
        writer.member("snapshotKey", snapshotKey)
        writer.member("stateRoot", stateRoot.string)
        writer.member("removesItself", ifTrue: removesItself)
        writer.endObject()
    }

    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init(reference: "")
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "reference": reference = try reader.value()
            case "manifestDigest": manifestDigest = try reader.value()
            case "snapshotDriver": snapshotDriver = try reader.value()
            case "snapshotKey": snapshotKey = try reader.value()
            case "stateRoot": stateRoot = FilePath(try reader.string())
            case "removesItself": removesItself = try reader.value()
            default: try reader.skip()
            }
        }
    }
}

extension ContainerRecord {
    /// Members of the file before they are checked.
    private struct Draft {
        var schemaVersion = 0
        var id = ""
        var name: String?
        var backend = ""
        var status: ContainerStatus?
        var pid: Int32?
        var pidStart: UInt64?
        var creatorPid: Int32 = 0
        var creatorStart: UInt64 = 0
        var bundle = ""
        var root = ""
        var systemdCgroup = false
        var created = ""
        var ociVersion = ""
        var annotations: [String: String] = [:]
        var image: ImageOrigin?

        init(json reader: inout JSONReader) throws(JSONError) {
            try reader.beginObject()
            while let key = try reader.nextKey() {
                switch key {
                case "schemaVersion": schemaVersion = try reader.value()
                case "id": id = try reader.value()
                case "name": name = try reader.value()
                case "backend": backend = try reader.value()
                case "status": status = try reader.value()
                case "pid": pid = try reader.value()
                case "pidStart": pidStart = try reader.value()
                case "creatorPid": creatorPid = try reader.value()
                case "creatorStart": creatorStart = try reader.value()
                case "bundle": bundle = try reader.value()
                case "root": root = try reader.value()
                case "systemdCgroup": systemdCgroup = try reader.value()
                case "created": created = try reader.value()
                case "ociVersion": ociVersion = try reader.value()
                case "annotations": annotations = try reader.value()
                case "image": image = try reader.value()
                default: try reader.skip()
                }
            }
        }
    }

    /// Reads a record.
    ///
    /// - Parameter name: what the file is called in an error.
    /// - Throws: `invalid` if it is no record, or one of a newer nexcage.
    public init(decoding bytes: [UInt8], name file: String) throws(NexcageError) {
        let draft: Draft
        do throws(JSONError) {
            draft = try JSONReader.decode(bytes) { (reader) throws(JSONError) in try Draft(json: &reader) }
        } catch {
            throw NexcageError(.invalid, "read \(quoted(file)): \(error)")
        }
        guard draft.schemaVersion == Self.schemaVersion else {
            throw NexcageError(
                .invalid, "read \(quoted(file)): schema version \(draft.schemaVersion) is not \(Self.schemaVersion)")
        }
        guard let status = draft.status, let created = Timestamp(draft.created) else {
            throw NexcageError(.invalid, "read \(quoted(file)): \"status\" or \"created\" is missing")
        }
        self.init(
            id: try ContainerID(draft.id), backend: try BackendName(draft.backend), bundle: FilePath(draft.bundle),
            creator: ProcessIdentity(pid: draft.creatorPid, startTime: draft.creatorStart), created: created)
        self.status = status
        self.name = draft.name ?? draft.id
        if let pid = draft.pid, let start = draft.pidStart { process = ProcessIdentity(pid: pid, startTime: start) }
        root = FilePath(draft.root)
        systemdCgroup = draft.systemdCgroup
        ociVersion = draft.ociVersion
        annotations = draft.annotations
        image = draft.image
    }
}

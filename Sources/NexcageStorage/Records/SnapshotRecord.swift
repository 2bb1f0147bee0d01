internal import NexcageSystem

/// What is known of a snapshot: its entry in ``Snapshotter/list()`` and the content of its file on disk.
public struct SnapshotRecord: Sendable, Equatable {
    /// What can be done with it.
    public enum Kind: String, Sendable {
        /// Can be written to and committed.
        case active
        /// Shows its parent, read-only.
        case view
        /// Never changes again; can be a parent.
        case committed
    }

    /// How far it is.
    public enum State: String, Sendable {
        /// Being made; if nobody is at it any more, a crash left it and it can be removed.
        case preparing
        /// Complete.
        case ready
    }

    /// The name that its user gave it; `#` and a number for a directory that a crash left without a record.
    public let key: String
    /// What can be done with it.
    public let kind: Kind
    /// The key of the committed snapshot below it.
    public let parent: String?
    /// How far it is.
    public let state: State
    /// The driver's short name of its directory.
    let id: String

    /// The longest key, in bytes of UTF-8. Hexadecimal, it makes a file name.
    public static let keyLimit = 120

    /// The version of the format that is written; others are refused.
    static let schemaVersion = "1"

    /// Refuses keys that could not be listed on one line or kept in a file name.
    static func check(_ key: String) throws(NexcageError) {
        guard !key.isEmpty, key.utf8.count <= keyLimit, !key.hasPrefix("#"),
            key.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            throw NexcageError(
                .invalid, "snapshot key \(quoted(key)): use 1 to \(keyLimit) printable bytes that do not begin with #")
        }
    }

    /// The record as lines of `name value`. No value can hold a line break, see ``check(_:)``.
    var lines: String {
        var text = "schemaVersion \(Self.schemaVersion)\nkey \(key)\nkind \(kind.rawValue)\n"
        text += "state \(state.rawValue)\nid \(id)\n"
        if let parent { text += "parent \(parent)\n" }
        return text
    }

    init(key: String, kind: Kind, parent: String?, state: State, id: String) {
        self.key = key
        self.kind = kind
        self.parent = parent
        self.state = state
        self.id = id
    }

    /// Reads what ``lines`` wrote.
    init(lines text: String, name: String) throws(NexcageError) {
        var fields: [Substring: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { fields[parts[0]] = String(parts[1]) }
        }
        guard let version = fields["schemaVersion"] else {
            throw NexcageError(.integrity, "snapshot record \(quoted(name)) is damaged")
        }
        guard version == Self.schemaVersion else {
            throw NexcageError(
                .unsupported, "snapshot record \(quoted(name)) has version \(version), this nexcage knows 1")
        }
        guard let key = fields["key"], let id = fields["id"],
            let kind = fields["kind"].flatMap(Kind.init(rawValue:)),
            let state = fields["state"].flatMap(State.init(rawValue:))
        else { throw NexcageError(.integrity, "snapshot record \(quoted(name)) is damaged") }
        self.init(key: key, kind: kind, parent: fields["parent"], state: state, id: id)
    }

    /// The same snapshot, changed in part.
    func with(key: String? = nil, kind: Kind? = nil, state: State? = nil) -> SnapshotRecord {
        SnapshotRecord(
            key: key ?? self.key, kind: kind ?? self.kind, parent: parent, state: state ?? self.state, id: id)
    }
}

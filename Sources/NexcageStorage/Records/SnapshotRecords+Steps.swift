internal import NexcageSystem
internal import SystemPackage

/// The steps that all drivers have in common, in the order that lets a crash leave only what ``list()`` shows.
extension SnapshotRecords {
    /// Makes a snapshot: a record in state `preparing`, then whatever `make` does, then the state `ready`.
    func add(
        _ key: String, _ kind: SnapshotRecord.Kind, parent: String?,
        discard: (SnapshotRecord) throws(NexcageError) -> Void,
        make: (SnapshotRecord) throws(NexcageError) -> Void
    ) throws(NexcageError) {
        try SnapshotRecord.check(key)
        try exclusively(key) { () throws(NexcageError) in
            if let old = try read(key) {
                guard old.state == .preparing else {
                    throw NexcageError(.alreadyExists, "snapshot \(quoted(key)) already exists")
                }
                // We hold the key's lock: whoever was preparing it is dead.
                try drop(old, discard: discard)
            }
            let draft = try locked { () throws(NexcageError) in
                if let parent { try requireCommitted(parent) }
                let draft = SnapshotRecord(key: key, kind: kind, parent: parent, state: .preparing, id: try makeLayer())
                try write(draft)
                return draft
            }
            do throws(NexcageError) {
                try make(draft)
                try write(draft.with(state: .ready))
            } catch {
                do throws(NexcageError) {
                    try drop(draft, discard: discard)
                } catch let second {
                    throw error.alsoFailing(second)
                }
                throw error
            }
        }
    }

    /// Makes an active snapshot committed under a new key; `settle` runs before and makes its content durable.
    func commit(
        _ key: String, as name: String, settle: (SnapshotRecord) throws(NexcageError) -> Void
    ) throws(NexcageError) {
        try SnapshotRecord.check(name)
        try exclusively(key) { () throws(NexcageError) in
            let record = try requireActive(key)
            try settle(record)
            try locked { () throws(NexcageError) in
                guard try read(name) == nil else {
                    throw NexcageError(.alreadyExists, "snapshot \(quoted(name)) already exists")
                }
                try rename(record, to: record.with(key: name, kind: .committed))
            }
        }
    }

    /// Removes a snapshot or a leftover; one that is not there is fine.
    func remove(
        _ key: String, discard: (SnapshotRecord) throws(NexcageError) -> Void
    ) throws(NexcageError) {
        // A directory without a record was left inside of the lock, so nobody can be at it now.
        if key.hasPrefix("#") {
            return try locked { () throws(NexcageError) in
                if let leftover = try read(key) { try discard(leftover) }
            }
        }
        try exclusively(key) { () throws(NexcageError) in
            let found = try locked { () throws(NexcageError) -> SnapshotRecord? in
                guard let record = try read(key) else { return nil }
                if let child = try list().first(where: { $0.parent == key }) {
                    throw NexcageError(
                        .wrongState, "snapshot \(quoted(key)) is the parent of \(quoted(child.key)), remove that first")
                }
                // From here on it cannot become a parent, and a crash leaves something that says what it is.
                try write(record.with(state: .preparing))
                return record
            }
            if let found { try drop(found, discard: discard) }
        }
    }

    private func drop(
        _ record: SnapshotRecord, discard: (SnapshotRecord) throws(NexcageError) -> Void
    ) throws(NexcageError) {
        try discard(record)
        try forget(record)
    }

    /// Waits until the content of a snapshot is on the disk, if the store was made for that.
    func synchronize(_ record: SnapshotRecord) throws(NexcageError) {
        guard durability == .disk else { return }
        let tree = try RootDirectory(layer(record)).top().readable()
        try tree.descriptor.synchronizeFileSystem()
    }

    /// Removes the tree of a snapshot.
    func removeLayer(_ record: SnapshotRecord) throws(NexcageError) {
        try RootDirectory(layers).top().removeTree(RootDirectory.Name(record.id))
    }

    /// The record of a snapshot that can be written to.
    func requireActive(_ key: String) throws(NexcageError) -> SnapshotRecord {
        let record = try require(key)
        guard record.kind == .active, record.state == .ready else {
            throw NexcageError(.wrongState, "snapshot \(quoted(key)) is \(record.summary), not active")
        }
        return record
    }

    /// The record of a snapshot that can be mounted.
    func requireMountable(_ key: String) throws(NexcageError) -> SnapshotRecord {
        let record = try require(key)
        guard record.kind != .committed, record.state == .ready else {
            throw NexcageError(
                .wrongState, "snapshot \(quoted(key)) is \(record.summary), make a view of it to mount it")
        }
        return record
    }

    /// The record of a snapshot that can be a parent.
    @discardableResult
    func requireCommitted(_ key: String) throws(NexcageError) -> SnapshotRecord {
        let record = try require(key)
        guard record.kind == .committed, record.state == .ready else {
            throw NexcageError(
                .wrongState, "snapshot \(quoted(key)) is \(record.summary), only a committed one can be a parent")
        }
        return record
    }

    /// The committed snapshots below one, nearest first.
    func ancestors(of record: SnapshotRecord) throws(NexcageError) -> [SnapshotRecord] {
        var found: [SnapshotRecord] = []
        var next = record.parent
        while let key = next {
            let parent = try requireCommitted(key)
            found.append(parent)
            next = parent.parent
        }
        return found
    }
}

extension SnapshotRecord {
    /// Kind or state, whichever says more.
    fileprivate var summary: String { state == .preparing ? "not complete" : kind.rawValue }
}

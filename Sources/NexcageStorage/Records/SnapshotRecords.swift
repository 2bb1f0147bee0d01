internal import NexcageSystem
internal import SystemPackage

/// The records of one driver's snapshots and the directories that belong to them.
///
/// ```
/// <root>/lock      one writer of records at a time
/// <root>/k/<hex>   lock of a key while somebody works on it
/// <root>/m/<hex>   record of a key
/// <root>/l/<id>    the tree; ids are short, because overlayfs counts the bytes of its options
/// ```
///
/// A directory is made before the record that names it, and removed after it: what has no record is a leftover.
struct SnapshotRecords: Sendable {
    let root: FilePath
    let durability: HostFile.Durability

    var layers: FilePath { root.appending("l") }
    var records: FilePath { root.appending("m") }
    private var locks: FilePath { root.appending("k") }

    /// Where the tree of a snapshot lies.
    func layer(_ record: SnapshotRecord) -> FilePath { layers.appending(record.id) }

    /// Makes the directories of the store.
    func create() throws(NexcageError) {
        // overlayfs separates its options with these.
        guard !root.string.contains(where: { ",:\\".contains($0) }) else {
            throw NexcageError(
                .invalid, "snapshot directory \(quoted(root.string)) may not hold a comma, colon or backslash")
        }
        for directory in [layers, records, locks] { try HostDirectory.create(directory) }
    }

    // MARK: Locks

    /// Calls `body` while nobody else changes records.
    func locked<Result: ~Copyable>(_ body: () throws(NexcageError) -> Result) throws(NexcageError) -> Result {
        try create()
        let lock = try FileLock(root.appending("lock"), .exclusive)
        let result = try body()
        lock.unlock()
        return result
    }

    /// Calls `body` while nobody else works on the key. The lock's file goes away with its last user.
    func exclusively<Result: ~Copyable>(
        _ key: String, _ body: () throws(NexcageError) -> Result
    ) throws(NexcageError) -> Result {
        try create()
        let path = locks.appending(Self.fileName(key))
        while true {
            let lock = try FileLock(path, .exclusive)
            // Its last holder removed the file while we waited: the lock that counts is on a new one.
            guard lock.isCurrent else { continue }
            do throws(NexcageError) {
                let result = try body()
                try HostFile.remove(path)
                lock.unlock()
                return result
            } catch {
                do throws(NexcageError) { try HostFile.remove(path) } catch let second {
                    throw error.alsoFailing(second)
                }
                throw error
            }
        }
    }

    // MARK: Records

    /// The record of a key; a half-done commit counts as a leftover of its old key.
    func read(_ key: String) throws(NexcageError) -> SnapshotRecord? {
        if key.hasPrefix("#") { return try list().first { $0.key == key } }
        try SnapshotRecord.check(key)
        return try read(file: Self.fileName(key))
    }

    func read(file: String) throws(NexcageError) -> SnapshotRecord? {
        let bytes: [UInt8]
        do throws(NexcageError) {
            bytes = try HostFile.read(records.appending(file), limit: 4096)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
        let record = try SnapshotRecord(lines: String(decoding: bytes, as: UTF8.self), name: file)
        if Self.fileName(record.key) == file { return record }
        guard let key = Self.key(fileName: file) else {
            throw NexcageError(.integrity, "snapshot record \(quoted(file)) is damaged")
        }
        return record.with(key: key, kind: .active, state: .preparing)
    }

    /// The record, or an error that says that there is none.
    func require(_ key: String) throws(NexcageError) -> SnapshotRecord {
        guard let record = try read(key) else {
            throw NexcageError(.notFound, "snapshot \(quoted(key)) does not exist")
        }
        return record
    }

    /// Writes a record in the place of the one that its key had.
    func write(_ record: SnapshotRecord) throws(NexcageError) {
        // A draft is void after a power failure anyway.
        let durability = record.state == .ready ? durability : .boot
        try write(record, file: Self.fileName(record.key), durability: durability)
    }

    private func write(
        _ record: SnapshotRecord, file: String, durability: HostFile.Durability
    ) throws(NexcageError) {
        try HostFile.replace(records.appending(file), with: Array(record.lines.utf8), durability: durability)
    }

    /// Gives a record a new key: first in the file, then the file's name, so that it is one or the other at any time.
    func rename(_ record: SnapshotRecord, to renamed: SnapshotRecord) throws(NexcageError) {
        let old = Self.fileName(record.key)
        try write(renamed, file: old, durability: durability)
        let folder = try RootDirectory(records).top()
        try folder.rename(RootDirectory.Name(old), to: RootDirectory.Name(Self.fileName(renamed.key)), in: folder)
        if durability == .disk { try HostFile.synchronizeDirectory(records) }
    }

    /// Removes the record and its directory from the list.
    func forget(_ record: SnapshotRecord) throws(NexcageError) {
        try HostFile.remove(records.appending(Self.fileName(record.key)))
    }
}

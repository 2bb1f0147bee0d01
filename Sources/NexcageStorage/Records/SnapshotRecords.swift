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
    private var records: FilePath { root.appending("m") }
    private var locks: FilePath { root.appending("k") }

    /// Where the tree of a snapshot lies.
    func layer(_ record: SnapshotRecord) -> FilePath { layers.appending(record.id) }

    /// Makes the directories of the store.
    func create() throws(NexcageError) {
        // overlayfs separates its options with these.
        guard !root.string.contains(where: { ",:\\".contains($0) }) else {
            throw NexcageError(.invalid, "snapshot directory \(quoted(root.string)) may not hold a comma, colon or backslash")
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
                do throws(NexcageError) { try HostFile.remove(path) } catch let second { throw error.alsoFailing(second) }
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

    private func read(file: String) throws(NexcageError) -> SnapshotRecord? {
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

    /// All records, and as `preparing` all directories that have none; parents before their children.
    func list() throws(NexcageError) -> [SnapshotRecord] {
        try create()
        // Directories first: one that appears later has its record soon and would look like a leftover.
        let ids = try HostDirectory.entries(layers).map(\.string)
        var found: [SnapshotRecord] = []
        for file in try HostDirectory.entries(records).map(\.string) where Self.key(fileName: file) != nil {
            if let record = try read(file: file) { found.append(record) }
        }
        let known = Set(found.map(\.id))
        var sorted = Self.parentsFirst(found)
        for id in ids where !known.contains(id) {
            sorted.append(SnapshotRecord(key: "#\(id)", kind: .active, parent: nil, state: .preparing, id: id))
        }
        return sorted
    }

    private static func parentsFirst(_ records: [SnapshotRecord]) -> [SnapshotRecord] {
        var children: [String?: [SnapshotRecord]] = [:]
        let keys = Set(records.map(\.key))
        for record in records {
            let parent = record.parent.flatMap { keys.contains($0) ? $0 : nil }
            children[parent, default: []].append(record)
        }
        var sorted: [SnapshotRecord] = []
        var level = children[nil] ?? []
        while !level.isEmpty {
            sorted += level
            level = level.flatMap { children[$0.key] ?? [] }
        }
        return sorted
    }

    // MARK: Names

    /// Makes a new, empty directory with the shortest free id. Call it under the lock.
    func makeLayer() throws(NexcageError) -> String {
        var number = try HostDirectory.entries(layers).count
        while true {
            let id = String(number, radix: 36)
            if try HostDirectory.createNew(layers.appending(id)) {
                // The mode that the root of an image has if the image does not say, whatever the umask.
                try RootDirectory(layers).top().setMode(of: RootDirectory.Name(id), 0o755)
                return id
            }
            number += 1
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// The key in hexadecimal: whatever it holds, it is a safe name.
    static func fileName(_ key: String) -> String {
        var text: [UInt8] = []
        for byte in key.utf8 {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The key of a record's file; nil for a temporary file or anything else.
    private static func key(fileName: String) -> String? {
        let text = Array(fileName.utf8)
        guard text.count.isMultiple(of: 2), !text.isEmpty else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = digits.firstIndex(of: text[index]), let low = digits.firstIndex(of: text[index + 1]) else {
                return nil
            }
            bytes.append(UInt8(high << 4 | low))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

internal import NexcageSystem

extension SnapshotRecords {
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
}

import SystemPackage
import Testing

@testable import NexcageSystem

/// Somebody in the root swaps directories for links while we work there (CVE-2021-30465, CVE-2025-47290).
@Suite struct RootDirectoryRaceTests {
    private static let rounds = 3000

    /// Swaps `a` for a link to `target` and back.
    private static func swap(in path: FilePath, target: FilePath) throws {
        let top = try RootDirectory(path).top()
        let directory = try RootDirectory.Name("a")
        let aside = try RootDirectory.Name("aside")
        for _ in 0..<rounds {
            try top.rename(directory, to: aside, in: top)
            try top.makeSymbolicLink(directory, to: Array(target.string.utf8))
            try top.removeFile(directory)
            try top.rename(aside, to: directory, in: top)
        }
    }

    private static func work(in path: FilePath) throws {
        let root = try RootDirectory(path)
        for _ in 0..<rounds { _ = try workOnce(in: root) }
    }

    /// Makes, changes and removes a file below `a`.
    ///
    /// - Returns: false in a round that met the link.
    private static func workOnce(in root: borrowing RootDirectory) throws(NexcageError) -> Bool {
        let name = try RootDirectory.Name("canary")
        let place = try RootDirectory.Path("a/canary")
        do throws(NexcageError) {
            let parent = try root.parent(of: place)
            // An earlier round may have lost its file to the race.
            _ = try parent.createFile(name)
            try parent.setMode(of: name, 0o777)
            try parent.setOwner(of: name, 1, 1)
            try root.parent(of: place).removeTree(name)
            return true
        } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
    }

    @Test func theRaceNeverLeadsOutside() async throws {
        let scratch = try RootDirectoryScratch()
        let root = scratch.root
        let outside = scratch.outside
        try HostDirectory.create(root.appending("a"))
        let before = try RootDirectory(outside).top().status(of: RootDirectory.Name("canary"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try Self.swap(in: root, target: outside) }
            group.addTask { try Self.work(in: root) }
            try await group.waitForAll()
        }
        let after = try RootDirectory(outside).top().status(of: RootDirectory.Name("canary"))
        // Left alone, the same work succeeds.
        #expect(try Self.workOnce(in: RootDirectory(root)))
        #expect(try scratch.outsideIsUntouched())
        #expect(after?.mode == before?.mode && after?.owner == before?.owner && after?.inode == before?.inode)
    }
}

import Glibc
import NexcageSystem
import SystemPackage

@testable import NexcageStorage

/// The drivers that the contract suite runs over.
enum Driver: String, CaseIterable, Sendable {
    case overlay
    case directory
}

/// A store of one driver in a directory that goes away with this object.
final class SnapshotterFixture {
    let path: FilePath
    let store: any Snapshotter

    init(_ driver: Driver) throws {
        var template = Array("/tmp/nexcage-store.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NexcageError.system("mkdtemp", nil, .current) }
        path = FilePath(platformString: template)
        let root = path.appending("store")
        store =
            switch driver {
            case .overlay: OverlaySnapshotter(root: root, durability: .boot)
            case .directory: DirectorySnapshotter(root: root, durability: .boot)
            }
    }

    deinit {
        do throws(NexcageError) { try HostDirectory.removeTree(path) } catch { print("left behind: \(error)") }
    }

    /// Makes a committed snapshot with one file of the given name in it.
    func commit(_ name: String, parent: String? = nil, file: String) throws {
        try store.ensureCommitted(name, parent: parent) { (root: borrowing RootDirectory) throws(NexcageError) in
            try root.write(file, file)
        }
    }

    /// The top directory of an active snapshot; an overlay stays mounted, nowhere, as long as it is held.
    func top(of key: String) throws -> RootDirectory.Folder {
        try store.withRoot(of: key) { (root: borrowing RootDirectory) throws(NexcageError) in try root.top() }
    }

    /// The names in the top directory of an active snapshot, sorted.
    func names(in key: String) throws -> [String] {
        try store.withRoot(of: key) { (root: borrowing RootDirectory) throws(NexcageError) in
            try root.top().entries().map(\.description).sorted()
        }
    }
}

extension RootDirectory {
    /// Writes a file right in the root, in the place of another one.
    borrowing func write(_ name: String, _ content: String) throws(NexcageError) {
        let name = try Name(name)
        try top().removeFile(name)
        guard let file = try top().createFile(name) else { return }
        try file.descriptor.writeAll(Array(content.utf8), name: name.description)
    }
}
